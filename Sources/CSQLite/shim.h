#include <sqlite3.h>
// A casting macro: SQLite copies the bytes before the call returns.
static inline int docket_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int count) {
  return sqlite3_bind_text(statement, index, text, count, SQLITE_TRANSIENT);
}
