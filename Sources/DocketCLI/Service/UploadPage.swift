/// The page for a browser.
enum UploadPage {
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; form-action 'none'"

  static let html = """
    <!doctype html>
    <html lang="en"><meta charset="utf-8"><title>Docket</title>
    <style>
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 3rem auto; padding: 0 1rem }
      pre { background: #8881; padding: 1rem; overflow: auto; white-space: pre-wrap }
      label { display: block; margin: .5rem 0 }
    </style>
    <h1>Docket</h1>
    <p>A document in, its record out. It is kept in the workspace like any other.</p>
    <label>File <input id="file" type="file" multiple></label>
    <label>Token, if one is needed <input id="token" type="password" autocomplete="off"></label>
    <button id="send">Send</button>
    <div id="answers"></div>
    <script>
      document.getElementById("send").onclick = async () => {
        const token = document.getElementById("token").value
        for (const file of document.getElementById("file").files) {
          const title = document.createElement("h2"), text = document.createElement("pre")
          title.textContent = file.name
          text.textContent = "…"
          document.getElementById("answers").prepend(title, text)
          try {
            const answer = await fetch("/documents?name=" + encodeURIComponent(file.name), {
              method: "POST", body: file, headers: token ? { Authorization: "Bearer " + token } : {} })
            const said = await answer.text()
            text.textContent = answer.status + " " + (answer.headers.get("Docket-State") || "") + "\\n" +
              said.trim().split("\\n").map(line => {
                try { return JSON.stringify(JSON.parse(line), null, 2) } catch { return line } }).join("\\n")
          } catch (error) { text.textContent = String(error) }
        }
      }
    </script>
    </html>

    """
}
