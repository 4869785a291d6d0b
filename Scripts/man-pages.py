#!/usr/bin/env python3
"""Writes the manual pages of docket and its commands, from what the commands say of themselves.

    Scripts/man-pages.py .build/release/docket OUT      OUT/docket.1, OUT/docket-run.1, …
"""
import json, pathlib, re, subprocess, sys


def plain(text):
    """Text as roff takes it: no line begins with a dot or a quote by accident, and hyphens stay hyphens."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.split("\n"))


def marked(text):
    """`code` in bold."""
    return re.sub(r"`([^`]*)`", r"\\fB\1\\fR", plain(text))


def option(argument):
    names = ", ".join("\\fB" + plain(("--" if n["kind"] == "long" else "-") + n["name"]) + "\\fR"
                      for n in argument.get("names", []))
    value = argument.get("valueName")
    if argument["kind"] == "flag":
        return names
    if argument["kind"] == "option":
        return f"{names} \\fI{plain(value or 'value')}\\fR"
    return f"\\fI{plain(value or 'value')}\\fR"


def arguments(command):
    shown = [a for a in command.get("arguments", []) if a.get("shouldDisplay", True)]
    for argument in shown:
        text = " ".join(filter(None, [argument.get("abstract"), argument.get("discussion")]))
        default = argument.get("defaultValue")
        yield f".TP\n{option(argument)}\n{marked(text)}" + (f" Default: {plain(default)}." if default else "")


def page(path, command, version, codes):
    name = "-".join(["docket", *path])
    title = " ".join(["docket", *path])
    lines = [f'.TH "{name.upper()}" 1 "" "docket {version}" "Docket"', ".SH NAME",
             f"{plain(name)} \\- {marked(command.get('abstract', '').rstrip('.'))}", ".SH SYNOPSIS",
             f".B {plain(title)}"]
    lines += [f"[{option(a)}]" if a.get("isOptional") else option(a)
              for a in command.get("arguments", []) if a.get("shouldDisplay", True)]
    if command.get("subcommands"):
        lines.append("\\fIcommand\\fR")
    if command.get("discussion"):
        lines += [".SH DESCRIPTION", marked(command["discussion"])]
    if given := list(arguments(command)):
        lines += [".SH OPTIONS", *given]
    if command.get("subcommands"):
        lines.append(".SH COMMANDS")
        for sub in command["subcommands"]:
            lines.append(f".TP\n\\fB{plain(sub['commandName'])}\\fR\n{marked(sub.get('abstract', ''))}")
            for below in sub.get("subcommands", []) if not path else []:
                lines.append(f".TP\n\\fB{plain(sub['commandName'])} {plain(below['commandName'])}\\fR\n"
                             f"{marked(below.get('abstract', ''))}")
    if not path:
        lines += [".SH EXIT STATUS", ".nf", plain(codes), ".fi", ".SH SEE ALSO",
                  "The guide lies in /usr/share/doc/docket."]
    else:
        lines += [".SH SEE ALSO", f".BR {plain('-'.join(['docket', *path[:-1]]))} (1)"]
    return name, "\n".join(lines) + "\n"


def main():
    docket, out = sys.argv[1], pathlib.Path(sys.argv[2])
    ask = lambda *given: subprocess.run([docket, *given], check=True, capture_output=True, text=True).stdout
    version = ask("--version").split()[-1]
    codes = ask("help", "exit-codes").strip()
    out.mkdir(parents=True, exist_ok=True)

    def write(path, command):
        name, text = page(path, command, version, codes)
        (out / f"{name}.1").write_text(text)
        for sub in command.get("subcommands", []):
            write([*path, sub["commandName"]], sub)

    write([], json.loads(ask("--experimental-dump-help"))["command"])


if __name__ == "__main__":
    main()
