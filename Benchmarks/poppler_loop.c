// What Poppler alone costs: text and character boxes of every page of every file named.
#include <poppler.h>
#include <stdio.h>

int main(int count, char **names) {
  long characters = 0;
  for (int i = 1; i < count; i++) {
    gchar *bytes = NULL;
    gsize length = 0;
    if (!g_file_get_contents(names[i], &bytes, &length, NULL)) continue;
    GBytes *held = g_bytes_new_take(bytes, length);
    PopplerDocument *document = poppler_document_new_from_bytes(held, NULL, NULL);
    g_bytes_unref(held);
    if (!document) continue;
    for (int page = 0; page < poppler_document_get_n_pages(document); page++) {
      PopplerPage *one = poppler_document_get_page(document, page);
      PopplerRectangle *boxes = NULL;
      guint boxCount = 0;
      char *text = poppler_page_get_text(one);
      poppler_page_get_text_layout(one, &boxes, &boxCount);
      characters += boxCount;
      g_free(text);
      g_free(boxes);
      g_object_unref(one);
    }
    g_object_unref(document);
  }
  printf("%ld characters\n", characters);
  return 0;
}
