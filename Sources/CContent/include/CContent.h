// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

/// A file of Content/ as it stood when the package was built.
typedef struct {
  /// Path below Content/, with slashes. Static storage.
  const char *path;
  const unsigned char *bytes;
  size_t count;
} plumb_content_file;

/// Number of embedded files; they are in order of their paths.
size_t plumb_content_count(void);

/// The file at `index`, which must be below the count.
plumb_content_file plumb_content_at(size_t index);
