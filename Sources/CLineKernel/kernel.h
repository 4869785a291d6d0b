// What Swift cannot say: the same product of matrices for processors of 1999 and of 2013, chosen as the program runs.
//
// Each sum is taken in one order, every product and sum rounded apart (no fused operations): all give the same bits.
#ifndef DOCKET_CLINEKERNEL_H
#define DOCKET_CLINEKERNEL_H
#pragma STDC FP_CONTRACT OFF

// sums[rows][columns] += left[rows][depth] * right[depth][columns]; rows of `left` are `stride` apart and may overlap;
// `columns` is a multiple of 16.
#define LINE_KERNEL(name, vector, width, attribute)                                                                  \
  attribute static inline void name(const float *left, long stride, long rows, long depth, const float *right,      \
                                    long columns, float *sums) {                                                     \
    long row = 0;                                                                                                    \
    for (; row + 4 <= rows; row += 4) {                                                                              \
      const float *a = left + row * stride, *b = a + stride, *c = b + stride, *d = c + stride;                       \
      for (long column = 0; column < columns; column += 2 * width) {                                                 \
        vector *p = (vector *)(sums + row * columns + column), *q = (vector *)((float *)p + columns);                \
        vector *r = (vector *)((float *)q + columns), *s = (vector *)((float *)r + columns);                         \
        vector p0 = p[0], p1 = p[1], q0 = q[0], q1 = q[1], r0 = r[0], r1 = r[1], s0 = s[0], s1 = s[1];               \
        const float *from = right + column;                                                                          \
        for (long k = 0; k < depth; k++, from += columns) {                                                          \
          vector x = ((const vector *)from)[0], y = ((const vector *)from)[1];                                       \
          p0 += x * a[k], p1 += y * a[k];                                                                            \
          q0 += x * b[k], q1 += y * b[k];                                                                            \
          r0 += x * c[k], r1 += y * c[k];                                                                            \
          s0 += x * d[k], s1 += y * d[k];                                                                            \
        }                                                                                                            \
        p[0] = p0, p[1] = p1, q[0] = q0, q[1] = q1, r[0] = r0, r[1] = r1, s[0] = s0, s[1] = s1;                      \
      }                                                                                                              \
    }                                                                                                                \
    for (; row < rows; row++) {                                                                                      \
      const float *a = left + row * stride;                                                                          \
      for (long column = 0; column < columns; column += 2 * width) {                                                 \
        vector *p = (vector *)(sums + row * columns + column);                                                       \
        vector p0 = p[0], p1 = p[1];                                                                                 \
        const float *from = right + column;                                                                          \
        for (long k = 0; k < depth; k++, from += columns)                                                            \
          p0 += ((const vector *)from)[0] * a[k], p1 += ((const vector *)from)[1] * a[k];                            \
        p[0] = p0, p[1] = p1;                                                                                        \
      }                                                                                                              \
    }                                                                                                                \
  }

typedef float line_kernel_four __attribute__((vector_size(16), aligned(4), may_alias));
typedef float line_kernel_eight __attribute__((vector_size(32), aligned(4), may_alias));

LINE_KERNEL(line_kernel_plain, line_kernel_four, 4, )
#if defined(__x86_64__)
LINE_KERNEL(line_kernel_wide, line_kernel_eight, 8, __attribute__((target("avx2"))))
static inline int line_kernel_is_wide(void) { return __builtin_cpu_supports("avx2") != 0; }
#else
LINE_KERNEL(line_kernel_wide, line_kernel_four, 4, )
static inline int line_kernel_is_wide(void) { return 0; }
#endif

#endif
