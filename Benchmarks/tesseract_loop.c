// What Tesseract's library alone costs, on one thread: the words of every picture named, page segmentation mode 6.
#include <leptonica/allheaders.h>
#include <stdio.h>
#include <tesseract/capi.h>

int main(int count, char **names) {
  TessBaseAPI *engine = TessBaseAPICreate();
  if (TessBaseAPIInit2(engine, NULL, "eng", OEM_LSTM_ONLY)) return 1;
  TessBaseAPISetVariable(engine, "debug_file", "/dev/null");
  long words = 0;
  for (int i = 1; i < count; i++) {
    PIX *picture = pixRead(names[i]);
    if (!picture) continue;
    PIX *grey = pixConvertTo8(picture, 0);
    TessBaseAPISetPageSegMode(engine, PSM_SINGLE_BLOCK);
    TessBaseAPISetImage2(engine, grey);
    TessBaseAPIRecognize(engine, NULL);
    TessResultIterator *results = TessBaseAPIGetIterator(engine);
    if (results) {
      do words++;
      while (TessResultIteratorNext(results, RIL_WORD));
      TessResultIteratorDelete(results);
    }
    TessBaseAPIClear(engine);
    pixDestroy(&grey);
    pixDestroy(&picture);
  }
  printf("%ld words\n", words);
  TessBaseAPIEnd(engine);
  TessBaseAPIDelete(engine);
  return 0;
}
