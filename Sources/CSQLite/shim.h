#ifndef LIEN_CSQLITE_SHIM_H
#define LIEN_CSQLITE_SHIM_H
#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast macro, which Swift cannot import.
static inline int lien_bind_text(sqlite3_stmt *s, int i, const char *t, int n) {
  return sqlite3_bind_text(s, i, t, n, SQLITE_TRANSIENT);
}
static inline int lien_bind_blob(sqlite3_stmt *s, int i, const void *b, sqlite3_uint64 n) {
  return sqlite3_bind_blob64(s, i, b, n, SQLITE_TRANSIENT);
}
#endif
