// Only what Swift cannot import: casts of GObject types, and a font described in one call.
#ifndef DOCKET_CPANGO_H
#define DOCKET_CPANGO_H
#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>

static inline PangoLayout *sheet_layout(cairo_t *context) { return pango_cairo_create_layout(context); }
static inline void sheet_free(PangoLayout *layout) { g_object_unref(layout); }
static inline void sheet_font(PangoLayout *layout, const char *family, double size) {
  PangoFontDescription *font = pango_font_description_from_string(family);
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
}

#endif
