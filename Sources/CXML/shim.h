// libxml2 without its ICU part: those headers clash with the ones that Foundation carries.
#ifndef DOCKET_CXML_H
#define DOCKET_CXML_H
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlreader.h>
#include <libxml/HTMLparser.h>

// `xmlFree` is a global variable, which Swift 6 does not let through.
static inline void xml_string_free(xmlChar *text) { xmlFree(text); }

#endif
