// What Swift cannot say: the same arithmetic for processors of 1999 and of 2013, chosen as the program runs; and what
// would be slow in debug builds.
//
// Products are whole numbers of 16 bits with sums of 32, exact in any order. What is done in floats is done number by
// number, every product and sum rounded apart (no fused operations): all give the same bits.
#ifndef DOCKET_CLINEKERNEL_H
#define DOCKET_CLINEKERNEL_H
#pragma STDC FP_CONTRACT OFF

typedef float line_kernel_four __attribute__((vector_size(16), aligned(4), may_alias));
typedef float line_kernel_eight __attribute__((vector_size(32), aligned(4), may_alias));
typedef int line_kernel_four_whole __attribute__((vector_size(16), aligned(4), may_alias));
typedef int line_kernel_eight_whole __attribute__((vector_size(32), aligned(4), may_alias));
typedef short line_kernel_four_short __attribute__((vector_size(8), aligned(2), may_alias));
typedef short line_kernel_eight_short __attribute__((vector_size(16), aligned(2), may_alias));
typedef short line_kernel_sixteen_short __attribute__((vector_size(32), aligned(2), may_alias));
// Two neighbours, taken together.
typedef int line_kernel_pair __attribute__((aligned(2), may_alias));

// results[rows][columns] = sums * scales * unit + bias (+ added), the sum being that of left * right over all taps.
struct line_product {
  // Of each tap `rows` rows of `2 * pairs` numbers, `stride` apart; rows may overlap. Taps are `tapStride` apart.
  const short *left;
  long stride, tapStride, taps, rows, pairs;
  // Strips of sixteen columns, `strip` numbers apart: tap after tap, pair after pair, of each pair of rows the two
  // numbers of each column. So a strip stays in the nearest memory while all rows of `left` pass.
  const short *right;
  long strip;
  // A multiple of 16.
  long columns;
  const float *scales, *bias;
  float unit;
  // As the results are laid out, or null.
  const float *added;
  // What is below nothing becomes nothing (ReLU).
  int isPositive;
  float *results;
};

#define LINE_EACH_1(do_row) do_row(0)
#define LINE_EACH_2(do_row) do_row(0) do_row(1)
#define LINE_EACH_4(do_row) LINE_EACH_2(do_row) do_row(2) do_row(3)
#define LINE_EACH_6(do_row) LINE_EACH_4(do_row) do_row(4) do_row(5)

#define LINE_ROW_BEGIN(row)                                                                                          \
  const short *l##row = left + row * job->stride;                                                                    \
  whole a##row = {}, b##row = {};
#define LINE_ROW_ADD(row)                                                                                            \
  {                                                                                                                  \
    whole both = (whole){} + *(const line_kernel_pair *)(l##row + place);                                            \
    a##row += products(both, x), b##row += products(both, y);                                                        \
  }
#define LINE_ROW_NEXT(row) l##row += job->tapStride;
#define LINE_ROW_END(row)                                                                                            \
  {                                                                                                                  \
    vector first = __builtin_convertvector(a##row, vector) * (scales[0] * job->unit) + bias[0];                      \
    vector second = __builtin_convertvector(b##row, vector) * (scales[1] * job->unit) + bias[1];                     \
    if (job->added) {                                                                                                \
      const vector *added = (const vector *)(job->added + place + row * job->columns);                               \
      first += added[0], second += added[1];                                                                         \
    }                                                                                                                \
    vector *results = (vector *)(job->results + place + row * job->columns);                                         \
    results[0] = (vector)((whole)first & ((whole)(first > 0) | kept));                                               \
    results[1] = (vector)((whole)second & ((whole)(second > 0) | kept));                                             \
  }

#define LINE_TILE(each)                                                                                              \
  {                                                                                                                  \
    const short *left = job->left + row * job->stride;                                                               \
    const whole *weights = (const whole *)(job->right + column / 16 * job->strip + 2 * half);                        \
    each(LINE_ROW_BEGIN);                                                                                            \
    for (long tap = 0; tap < job->taps; tap++) {                                                                     \
      for (long place = 0; place < 2 * job->pairs; place += 2, weights = (const whole *)((const int *)weights + 16)) {\
        whole x = weights[0], y = weights[1];                                                                        \
        each(LINE_ROW_ADD);                                                                                          \
      }                                                                                                              \
      each(LINE_ROW_NEXT);                                                                                           \
    }                                                                                                                \
    const vector *scales = (const vector *)(job->scales + column + half);                                            \
    const vector *bias = (const vector *)(job->bias + column + half);                                                \
    whole kept = (whole){} - !job->isPositive;                                                                       \
    long place = row * job->columns + column + half;                                                                 \
    each(LINE_ROW_END);                                                                                              \
  }

#define LINE_PRODUCT(name, vector_type, whole_type, width, attribute)                                                \
  attribute static inline void name(const struct line_product *job) {                                                \
    typedef vector_type vector;                                                                                      \
    typedef whole_type whole;                                                                                        \
    for (long column = 0; column < job->columns; column += 16)                                                       \
      for (long half = 0; half < 16; half += 2 * width) {                                                            \
        long row = 0;                                                                                                \
        for (; row + 6 <= job->rows && row + 8 != job->rows; row += 6) LINE_TILE(LINE_EACH_6)                        \
        for (; row + 4 <= job->rows; row += 4) LINE_TILE(LINE_EACH_4)                                                \
        for (; row + 2 <= job->rows; row += 2) LINE_TILE(LINE_EACH_2)                                                \
        if (row < job->rows) LINE_TILE(LINE_EACH_1)                                                                  \
      }                                                                                                              \
  }

// One step of a memory layer: four times `units` gates (input, forget, cell, output), each the sum of two numbers,
// change the cells and give the outputs, in 4095ths. From unit `from` on, as many as are whole vectors; the first unit
// left over is returned.
// e to the x is of basic arithmetic alone (those of the C library differ in the last bit from one version and processor
// to another): within three units of the last place for x between -87 and 88; what lies outside counts as that bound.
#define LINE_STEP(name, vector, whole, shorts, width, attribute)                                                     \
  attribute static inline vector name##_power(vector x) {                                                            \
    vector bounded = __builtin_elementwise_min(__builtin_elementwise_max(x, (vector){} - 87.0f), (vector){} + 88.0f);\
    vector power = (bounded * 1.44269504f + 0x1.8p23f) - 0x1.8p23f;                                                  \
    vector rest = (bounded - power * 0.693359375f) - power * -2.1219444e-4f;                                         \
    vector sum = (vector){} + 1.9875691e-4f;                                                                         \
    sum = sum * rest + 1.3981999e-3f;                                                                                \
    sum = sum * rest + 8.333452e-3f;                                                                                 \
    sum = sum * rest + 4.1665796e-2f;                                                                                \
    sum = sum * rest + 1.6666665e-1f;                                                                                \
    sum = sum * rest + 5e-1f;                                                                                        \
    vector scale = (vector)((__builtin_convertvector(power, whole) + 127) << 23);                                    \
    return (sum * rest * rest + rest + 1.0f) * scale;                                                                \
  }                                                                                                                  \
  attribute static inline vector name##_sigmoid(vector x) { return 1.0f / (1.0f + name##_power(-x)); }               \
  attribute static inline shorts name##_rounded(vector x) {                                                          \
    vector most = (vector){} + 4095.0f;                                                                              \
    vector bounded = __builtin_elementwise_min(__builtin_elementwise_max(x, -most), most);                           \
    return __builtin_convertvector(__builtin_convertvector((bounded + 0x1.8p23f) - 0x1.8p23f, whole), shorts);       \
  }                                                                                                                  \
  attribute static inline long name(                                                                                 \
      const float *fed, const float *gates, long from, long units, float *cells, short *outputs) {                   \
    for (; from + width <= units; from += width) {                                                                   \
      vector input = *(const vector *)(gates + from) + *(const vector *)(fed + from);                                \
      vector forget = *(const vector *)(gates + units + from) + *(const vector *)(fed + units + from);               \
      vector cell = *(const vector *)(gates + 2 * units + from) + *(const vector *)(fed + 2 * units + from);         \
      vector out = *(const vector *)(gates + 3 * units + from) + *(const vector *)(fed + 3 * units + from);          \
      vector kept = name##_sigmoid(forget) * *(vector *)(cells + from);                                              \
      vector added = name##_sigmoid(input) * (2.0f * name##_sigmoid(2.0f * cell) - 1.0f);                            \
      vector sum = kept + added;                                                                                     \
      *(vector *)(cells + from) = sum;                                                                               \
      vector output = name##_sigmoid(out) * (2.0f * name##_sigmoid(2.0f * sum) - 1.0f);                              \
      *(shorts *)(outputs + from) = name##_rounded(output * 4095.0f);                                                \
    }                                                                                                                \
    return from;                                                                                                     \
  }

// Of each pair of 16-bit numbers the sum of their products.
#define LINE_PORTABLE_PRODUCTS(a, b) (((a) << 16 >> 16) * ((b) << 16 >> 16) + ((a) >> 16) * ((b) >> 16))
#define products(a, b) LINE_PORTABLE_PRODUCTS(a, b)
LINE_PRODUCT(line_product_portable, line_kernel_four, line_kernel_four_whole, 4, )
#undef products
LINE_STEP(line_step_plain, line_kernel_four, line_kernel_four_whole, line_kernel_four_short, 4, )
#if defined(__x86_64__)
#define products(a, b) \
  (line_kernel_four_whole) __builtin_ia32_pmaddwd128((line_kernel_eight_short)(a), (line_kernel_eight_short)(b))
LINE_PRODUCT(line_product_plain, line_kernel_four, line_kernel_four_whole, 4, )
#undef products
#define products(a, b) \
  (line_kernel_eight_whole) __builtin_ia32_pmaddwd256((line_kernel_sixteen_short)(a), (line_kernel_sixteen_short)(b))
LINE_PRODUCT(line_product_wide, line_kernel_eight, line_kernel_eight_whole, 8, __attribute__((target("avx2"))))
#undef products
LINE_STEP(
    line_step_wide, line_kernel_eight, line_kernel_eight_whole, line_kernel_eight_short, 8,
    __attribute__((target("avx2"))))
static inline int line_kernel_is_wide(void) { return __builtin_cpu_supports("avx2") != 0; }
#else
static inline void line_product_plain(const struct line_product *job) { line_product_portable(job); }
static inline void line_product_wide(const struct line_product *job) { line_product_portable(job); }
static inline long line_step_wide(
    const float *fed, const float *gates, long from, long units, float *cells, short *outputs) {
  return line_step_plain(fed, gates, from, units, cells, outputs);
}
static inline int line_kernel_is_wide(void) { return 0; }
#endif

// e to the numbers less the greatest of them, divided by what they add up to (softmax). There is room for a multiple
// of 4 numbers; those beyond `count` are nothing. Gives where the greatest stands, the first of several.
static inline long line_shares(const float *numbers, long count, float *shares) {
  long best = 0;
  for (long place = 1; place < count; place++)
    if (numbers[place] > numbers[best]) best = place;
  line_kernel_four sums = {};
  for (long place = 0; place < count; place += 4) {
    line_kernel_four power = line_step_plain_power(*(const line_kernel_four *)(numbers + place) - numbers[best]);
    for (int rest = 3; place + rest >= count; rest--) power[rest] = 0;
    sums += power;
    *(line_kernel_four *)(shares + place) = power;
  }
  float total = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  for (long place = 0; place < count; place += 4) *(line_kernel_four *)(shares + place) /= total;
  return best;
}

// The greatest of numbers, or 0 where all are below; `count` is a multiple of 4.
static inline float line_greatest(const float *numbers, long count) {
  line_kernel_four greatest = {};
  for (long place = 0; place < count; place += 4)
    greatest = __builtin_elementwise_max(greatest, *(const line_kernel_four *)(numbers + place));
  float best = 0;
  for (int place = 0; place < 4; place++)
    if (greatest[place] > best) best = greatest[place];
  return best;
}

// numbers * factor, rounded and kept within 0 and 4095; `count` is a multiple of 4.
static inline void line_round(const float *numbers, long count, float factor, short *rounded) {
  for (long place = 0; place < count; place += 4) {
    line_kernel_four number = *(const line_kernel_four *)(numbers + place) * factor;
    number = __builtin_elementwise_max(number, (line_kernel_four){});
    *(line_kernel_four_short *)(rounded + place) = line_step_plain_rounded(number);
  }
}

// Of each two numbers the greater; `count` is a multiple of 4.
static inline void line_pool(const float *upper, const float *lower, long count, float *greater) {
  for (long place = 0; place < count; place += 4)
    *(line_kernel_four *)(greater + place) = __builtin_elementwise_max(
        *(const line_kernel_four *)(upper + place), *(const line_kernel_four *)(lower + place));
}

// The greatest absolute value of each column and the sum of them all; `columns` is a multiple of 4.
static inline void line_extents(const float *numbers, long rows, long columns, float *greatest, float *total) {
  for (long row = 0; row < rows; row++, numbers += columns)
    for (long column = 0; column < columns; column += 4) {
      line_kernel_four size = __builtin_elementwise_abs(*(const line_kernel_four *)(numbers + column));
      line_kernel_four *most = (line_kernel_four *)(greatest + column);
      *most = __builtin_elementwise_max(*most, size);
      *(line_kernel_four *)(total + column) += size;
    }
}

// Rows of one tap, each column times its factor and rounded, as `line_product` has them: `depth` rows, the last paired
// with nothing where they are odd. `packed` is the tap's place in the first strip.
static inline void line_pack(
    const float *numbers, long depth, long columns, const float *factors, long strip, short *packed) {
  for (long row = 0; row < depth; row++, numbers += columns)
    for (long column = 0; column < columns; column++) {
      float number = numbers[column] * factors[column];
      short *place = packed + column / 16 * strip + row / 2 * 32 + column % 16 * 2 + row % 2;
      *place = (short)(number < 0 ? number - 0.5f : number + 0.5f);
    }
}

// Each of `count` bytes the sum of weighted bytes, rounded: those from `starts[i]` on, `step` apart, by the weights
// from `ends[i - 1]` to `ends[i]`. What lies outside of 0 to `limit` is as its edge is; `bytes` begin with that of
// `first`.
static inline void line_resample(
    const unsigned char *bytes, long first, long step, long limit, const int *starts, const int *ends,
    const double *weights, long count, unsigned char *results, long resultStep) {
  for (long result = 0, at = 0; result < count; result++) {
    double sum = 0;
    for (long place = starts[result]; at < ends[result]; at++, place++) {
      long inside = place < 0 ? 0 : place < limit ? place : limit - 1;
      sum += weights[at] * bytes[(inside - first) * step];
    }
    sum += 0.5;
    results[result * resultStep] = (unsigned char)(sum < 0 ? 0 : sum > 255 ? 255 : sum);
  }
}

// A convolution of 3 by 3 gives each square of 2 by 2 results from a square of 4 by 4 numbers. Both may be turned (by
// sums and differences) into sixteen places in which numbers and weights are only multiplied: 16 products, not 36
// (Winograd's F(2x2, 3x3); Lavin and Gray, 2015). The sums and differences of whole numbers are exact.

// A row of squares from 4 rows of a picture that are `wide` apart: squares are two columns apart, of `channels` numbers
// (a multiple of 8) each. Place after place, `plane` numbers apart; of each place square after square.
static inline void line_turn(const short *picture, long wide, long squares, long channels, long plane, short *turned) {
  typedef line_kernel_eight_short eight;
  for (long place = 0; place < squares * channels; place += 8) {
    const short *from = picture + place / channels * 2 * channels + place % channels;
    eight rows[4][4];
    for (int row = 0; row < 4; row++) {
      const short *line = from + row * wide;
      eight a = *(const eight *)line, b = *(const eight *)(line + channels);
      eight c = *(const eight *)(line + 2 * channels), d = *(const eight *)(line + 3 * channels);
      rows[row][0] = a - c, rows[row][1] = b + c, rows[row][2] = c - b, rows[row][3] = b - d;
    }
    for (int column = 0; column < 4; column++) {
      short *to = turned + column * plane + place;
      *(eight *)to = rows[0][column] - rows[2][column];
      *(eight *)(to + 4 * plane) = rows[1][column] + rows[2][column];
      *(eight *)(to + 8 * plane) = rows[2][column] - rows[1][column];
      *(eight *)(to + 12 * plane) = rows[1][column] - rows[3][column];
    }
  }
}

// Weights of 3 by 3 places, `count` numbers (a multiple of 4) each, as the sixteen places have them.
static inline void line_turn_weights(const float *weights, long count, float *turned) {
  typedef line_kernel_four four;
  for (long place = 0; place < count; place += 4) {
    four rows[3][4];
    for (int row = 0; row < 3; row++) {
      const float *line = weights + 3 * row * count + place;
      four a = *(const four *)line, b = *(const four *)(line + count), c = *(const four *)(line + 2 * count);
      rows[row][0] = a, rows[row][1] = (a + b + c) * 0.5f, rows[row][2] = (a - b + c) * 0.5f, rows[row][3] = c;
    }
    for (int column = 0; column < 4; column++) {
      four a = rows[0][column], b = rows[1][column], c = rows[2][column];
      float *to = turned + column * count + place;
      *(four *)to = a;
      *(four *)(to + 4 * count) = (a + b + c) * 0.5f;
      *(four *)(to + 8 * count) = (a - b + c) * 0.5f;
      *(four *)(to + 12 * count) = c;
    }
  }
}

// The results of a row of squares: sixteen places back into 2 by 2, with the bias, what is added (or null), and nothing
// for what is below nothing. Of `columns` columns, the last square's second may be one too many. `rows` is 1 or 2.
static inline void line_turn_back(
    const float *turned, long plane, long columns, long channels, const float *bias, const float *added, long rows,
    float *results) {
  typedef line_kernel_four four;
  for (long square = 0; 2 * square < columns; square++)
    for (long channel = 0; channel < channels; channel += 4) {
      const float *from = turned + square * channels + channel;
      four upper[4], lower[4];
      for (int column = 0; column < 4; column++, from += plane) {
        four a = *(const four *)from, b = *(const four *)(from + 4 * plane);
        four c = *(const four *)(from + 8 * plane), d = *(const four *)(from + 12 * plane);
        upper[column] = a + b + c, lower[column] = b - c - d;
      }
      for (int row = 0; row < rows; row++) {
        const four *half = row ? lower : upper;
        four both[2] = {half[0] + half[1] + half[2], half[1] - half[2] - half[3]};
        for (int column = 0; column < 2 && 2 * square + column < columns; column++) {
          long place = (row * columns + 2 * square + column) * channels + channel;
          four sum = both[column] + *(const four *)(bias + channel);
          if (added) sum += *(const four *)(added + place);
          *(four *)(results + place) = (four)((line_kernel_four_whole)sum & (line_kernel_four_whole)(sum > 0));
        }
      }
    }
}

#endif
