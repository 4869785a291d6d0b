// What Swift cannot say: the same arithmetic for processors of 1999 and of 2013, chosen as the program runs.
//
// Each sum is taken in one order, every product and sum rounded apart (no fused operations): all give the same bits.
#ifndef DOCKET_CLINEKERNEL_H
#define DOCKET_CLINEKERNEL_H
#pragma STDC FP_CONTRACT OFF

typedef float line_kernel_four __attribute__((vector_size(16), aligned(4), may_alias));
typedef float line_kernel_eight __attribute__((vector_size(32), aligned(4), may_alias));
typedef int line_kernel_four_whole __attribute__((vector_size(16)));
typedef int line_kernel_eight_whole __attribute__((vector_size(32)));

// sums[rows][columns] += left[rows][depth] * right[depth][columns]; rows of `left` are `stride` apart and may overlap;
// `columns` is a multiple of 16, and `right` is packed: sixteen columns of all rows, then the next sixteen. So a strip
// stays in the nearest memory while all rows of `left` pass.
#define LINE_KERNEL(name, vector, width, attribute)                                                                  \
  attribute static inline void name(const float *left, long stride, long rows, long depth, const float *right,      \
                                    long columns, float *sums) {                                                     \
    for (long column = 0; column < columns; column += 16, right += 16 * depth) {                                     \
      long row = 0;                                                                                                  \
      for (; row + 4 <= rows; row += 4) {                                                                            \
        const float *a = left + row * stride, *b = a + stride, *c = b + stride, *d = c + stride;                     \
        for (long half = 0; half < 16; half += 2 * width) {                                                          \
          vector *p = (vector *)(sums + row * columns + column + half), *q = (vector *)((float *)p + columns);       \
          vector *r = (vector *)((float *)q + columns), *s = (vector *)((float *)r + columns);                       \
          vector p0 = p[0], p1 = p[1], q0 = q[0], q1 = q[1], r0 = r[0], r1 = r[1], s0 = s[0], s1 = s[1];             \
          const float *from = right + half;                                                                          \
          _Pragma("clang loop unroll_count(4)") for (long k = 0; k < depth; k++, from += 16) {                       \
            vector x = ((const vector *)from)[0], y = ((const vector *)from)[1];                                     \
            p0 += x * a[k], p1 += y * a[k];                                                                          \
            q0 += x * b[k], q1 += y * b[k];                                                                          \
            r0 += x * c[k], r1 += y * c[k];                                                                          \
            s0 += x * d[k], s1 += y * d[k];                                                                          \
          }                                                                                                          \
          p[0] = p0, p[1] = p1, q[0] = q0, q[1] = q1, r[0] = r0, r[1] = r1, s[0] = s0, s[1] = s1;                    \
        }                                                                                                            \
      }                                                                                                              \
      for (; row < rows; row++) {                                                                                    \
        const float *a = left + row * stride;                                                                        \
        for (long half = 0; half < 16; half += 2 * width) {                                                          \
          vector *p = (vector *)(sums + row * columns + column + half);                                              \
          vector p0 = p[0], p1 = p[1];                                                                               \
          const float *from = right + half;                                                                          \
          for (long k = 0; k < depth; k++, from += 16)                                                               \
            p0 += ((const vector *)from)[0] * a[k], p1 += ((const vector *)from)[1] * a[k];                          \
          p[0] = p0, p[1] = p1;                                                                                      \
        }                                                                                                            \
      }                                                                                                              \
    }                                                                                                                \
  }

// One step of a memory layer: four times `units` gates (input, forget, cell, output) change the cells and give the
// outputs. From unit `from` on, as many as are whole vectors; the first unit left over is returned.
// e to the x is that of Exponential.swift.
#define LINE_STEP(name, vector, whole, width, attribute)                                                             \
  attribute static inline vector name##_sigmoid(vector x) {                                                          \
    vector bounded = __builtin_elementwise_min(__builtin_elementwise_max(-x, (vector){} - 87.0f), (vector){} + 88.0f); \
    vector power = (bounded * 1.44269504f + 0x1.8p23f) - 0x1.8p23f;                                                  \
    vector rest = (bounded - power * 0.693359375f) - power * -2.1219444e-4f;                                         \
    vector sum = (vector){} + 1.9875691e-4f;                                                                         \
    sum = sum * rest + 1.3981999e-3f;                                                                                \
    sum = sum * rest + 8.333452e-3f;                                                                                 \
    sum = sum * rest + 4.1665796e-2f;                                                                                \
    sum = sum * rest + 1.6666665e-1f;                                                                                \
    sum = sum * rest + 5e-1f;                                                                                        \
    vector scale = (vector)((__builtin_convertvector(power, whole) + 127) << 23);                                    \
    return 1.0f / (1.0f + (sum * rest * rest + rest + 1.0f) * scale);                                                \
  }                                                                                                                  \
  attribute static inline long name(const float *gates, long from, long units, float *cells, float *outputs) {       \
    for (; from + width <= units; from += width) {                                                                   \
      vector input = *(const vector *)(gates + from), forget = *(const vector *)(gates + units + from);              \
      vector cell = *(const vector *)(gates + 2 * units + from), out = *(const vector *)(gates + 3 * units + from);  \
      vector kept = name##_sigmoid(forget) * *(vector *)(cells + from);                                              \
      vector added = name##_sigmoid(input) * (2.0f * name##_sigmoid(2.0f * cell) - 1.0f);                            \
      vector sum = kept + added;                                                                                     \
      *(vector *)(cells + from) = sum;                                                                               \
      *(vector *)(outputs + from) = name##_sigmoid(out) * (2.0f * name##_sigmoid(2.0f * sum) - 1.0f);                \
    }                                                                                                                \
    return from;                                                                                                     \
  }

LINE_KERNEL(line_kernel_plain, line_kernel_four, 4, )
LINE_STEP(line_step_plain, line_kernel_four, line_kernel_four_whole, 4, )
#if defined(__x86_64__)
LINE_KERNEL(line_kernel_wide, line_kernel_eight, 8, __attribute__((target("avx2"))))
LINE_STEP(line_step_wide, line_kernel_eight, line_kernel_eight_whole, 8, __attribute__((target("avx2"))))
static inline int line_kernel_is_wide(void) { return __builtin_cpu_supports("avx2") != 0; }
#else
LINE_KERNEL(line_kernel_wide, line_kernel_four, 4, )
LINE_STEP(line_step_wide, line_kernel_four, line_kernel_four_whole, 4, )
static inline int line_kernel_is_wide(void) { return 0; }
#endif

#endif
