// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

/// Opens a table of so many rows and prints open_ms, to its first paint. Runs the event loop.
int openTable(int rows);

/// Scrolls a table of so many events whose titles lie in a file, 400 bytes each, from the first row
/// to the last, and prints, one figure a line:
///   file_mib            the size of the file (with holes where nothing is looked at)
///   stops, page_p50_ms, page_p95_ms   to the paint with all of a page's titles
///   titles_read, titles_kept
///   pss_before_mib, pss_after_mib     after the first page and after the last
int scrollTable(int rows);
