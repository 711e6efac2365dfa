// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace chrona::formats {

struct CsvLimits {
    std::size_t fieldBytesMax = 1 << 20;
    std::size_t recordBytesMax = 16 << 20;
    std::size_t columnsMax = 1000;
};

/// One record. The fields are valid during the call only.
struct CsvRow {
    std::uint64_t number; ///< of the record, as spreadsheets count: the header is 1
    std::uint64_t line;   ///< on which it begins
    std::span<const std::string_view> fields;
};

/// What is wrong with a record, which is then left out.
struct CsvFault {
    std::uint64_t row;    ///< number of the record
    std::uint64_t line;   ///< on which it begins
    std::uint32_t column; ///< from 1; 0: the record as a whole
    std::string reason;
};

class CsvSink {
public:
    virtual ~CsvSink() = default;
    virtual void row(const CsvRow &row) = 0;
    virtual void fault(const CsvFault &fault) = 0;
};

/// Reads CSV as RFC 4180 has it, from bytes that come in pieces of any size: commas, double quotes,
/// CRLF, LF or CR at line ends, a byte order mark, line ends within quotes. Empty lines are
/// skipped. A malformed record is a fault and costs no other: where a stray quote has swallowed
/// lines, reading resumes on the line after the one that it stands in.
///
/// One thread at a time. Memory is bounded by the limits and the size of a piece.
class CsvReader {
public:
    explicit CsvReader(CsvLimits limits = {});
    ~CsvReader();
    CsvReader(CsvReader &&) noexcept;
    CsvReader &operator=(CsvReader &&) noexcept;

    /// Fails with InvalidInput when the bytes are no CSV at all (UTF-16, NUL bytes); then nothing
    /// more is read.
    [[nodiscard]] Status push(std::string_view bytes, CsvSink &sink);
    /// The end of the file; the last record needs no line end.
    [[nodiscard]] Status finish(CsvSink &sink);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace chrona::formats
