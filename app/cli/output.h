// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::cli {

/// Where a command's words go: results to `out`, all that is said about them to `err`.
struct Output {
    std::ostream &out;
    std::ostream &err;
    bool errIsTerminal = false; ///< a progress line may be rewritten in place
};

/// Columns for people. Widths follow from the cells; the last column is never padded.
class Table {
public:
    enum class Align : std::uint8_t { Left, Right };
    struct Column {
        std::string title;
        Align align = Align::Left;
    };

    explicit Table(std::vector<Column> columns) : m_columns(std::move(columns)) {}
    /// Control characters in cells are shown as '?': a source's text must not steer a terminal.
    void add(std::vector<std::string> cells);
    void print(std::ostream &out) const;

private:
    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

/// Lines "label   value", labels padded to one width.
class FactList {
public:
    void add(std::string label, std::string value);
    void print(std::ostream &out) const;

private:
    std::vector<std::pair<std::string, std::string>> m_facts;
};

/// One line on stderr that shows how far a long piece of work is. Without a terminal it says so
/// every ten percent, so that logs stay short.
class ProgressLine {
public:
    ProgressLine(Output output, std::string label) : m_output(output), m_label(std::move(label)) {}
    void show(std::uint64_t done, std::uint64_t total, std::string_view unit);
    /// Ends the line; further output begins on its own.
    void finish();

private:
    Output m_output;
    std::string m_label;
    int m_percentShown = -1;
    bool m_open = false;
};

/// "12.3 MiB".
[[nodiscard]] std::string formatBytes(std::uint64_t bytes);
/// "2 d 3 h", "4 min 5 s".
[[nodiscard]] std::string formatSeconds(std::int64_t seconds);
/// One field of a CSV line, quoted where it must be.
[[nodiscard]] std::string csvField(std::string_view text);
/// The same for a text that a source wrote: one that a spreadsheet would take for a formula gets an
/// apostrophe in front.
[[nodiscard]] std::string csvForeign(std::string_view text);
/// Text that a terminal may show: control characters become '?'.
[[nodiscard]] std::string printable(std::string_view text);

} // namespace chrona::cli
