#ifndef LIEN_CZLIB_SHIM_H
#define LIEN_CZLIB_SHIM_H
#include <zlib.h>

// inflateInit2 and deflateInit2 are macros, which Swift cannot call. Both: raw deflate, as in ZIP.
static inline int lien_inflate_init(z_stream *s) { return inflateInit2(s, -15); }
static inline int lien_deflate_init(z_stream *s) {
  return deflateInit2(s, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}
#endif
