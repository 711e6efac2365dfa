// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/csv.h"

#include "utf8.h"

#include "chrona/schema/text.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <format>
#include <vector>

namespace chrona::formats {
namespace {


constexpr std::array<bool, 256> kEndsPlainField = [] {
    std::array<bool, 256> table{};
    for (unsigned char c : {',', '"', '\r', '\n'})
        table[c] = true;
    return table;
}();

enum class Mode : std::uint8_t {
    FieldStart,
    Plain,
    Quoted,
    QuoteSeen, ///< within quotes: the closing one, or the first of two
    SkipLine,  ///< the rest of a line with a fault
};

/// Offsets from the begin of the record, because the buffer moves.
struct FieldSpan {
    std::size_t begin, end;
    bool hasDoubledQuotes;
};

} // namespace

struct CsvReader::State {
    explicit State(CsvLimits givenLimits) : limits(givenLimits) {}

    Status begin();
    void scan(CsvSink &sink);
    void scanBuffer(CsvSink &sink);
    void scanByte(CsvSink &sink);
    void endOfFile(CsvSink &sink);
    void forgetDone();

    bool endField(std::size_t end, CsvSink &sink);
    void endLine(CsvSink &sink);
    void emitRecord(CsvSink &sink);
    void startRecord();
    void fault(std::uint32_t column, std::string reason, CsvSink &sink);
    bool refuseGrowth(CsvSink &sink);
    [[nodiscard]] std::uint64_t lineEndsWithin() const;
    [[nodiscard]] std::uint32_t column() const { return std::uint32_t(fields.size() + 1); }

    CsvLimits limits;
    std::string buffer;
    std::size_t recordBegin = 0;
    std::size_t cursor = 0;
    std::size_t fieldBegin = 0;
    std::vector<FieldSpan> fields;
    std::vector<std::string_view> views;
    std::uint64_t row = 1;
    std::uint64_t line = 1; ///< on which the record begins
    Mode mode = Mode::FieldStart;
    bool hasDoubledQuotes = false; ///< the field
    bool hasQuotes = false;        ///< the record
    bool begun = false;
    bool swallowLineFeed = false; ///< the last piece ended between CR and what may be its LF
    bool failed = false;
};

Status CsvReader::State::begin()
{
    begun = true;
    const std::string_view head = std::string_view(buffer).substr(0, 4);
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF") ||
        head.find('\0') != std::string_view::npos) {
        failed = true;
        return fail(ErrorCode::InvalidInput, "the file is no text in UTF-8",
                    "save it as CSV in UTF-8 and try again");
    }
    if (head.starts_with(kByteOrderMark))
        recordBegin = cursor = fieldBegin = kByteOrderMark.size();
    return {};
}

void CsvReader::State::startRecord()
{
    recordBegin = cursor;
    fields.clear();
    hasQuotes = false;
    mode = Mode::FieldStart;
}

void CsvReader::State::fault(std::uint32_t column, std::string reason, CsvSink &sink)
{
    sink.fault({row, line, column, std::move(reason)});
    ++row;
    const auto begin = buffer.begin() + std::ptrdiff_t(recordBegin);
    const auto end = buffer.begin() + std::ptrdiff_t(cursor);
    const auto lineEnd = std::find_if(begin, end, [](char c) { return c == '\n' || c == '\r'; });
    if (lineEnd == end) {
        mode = Mode::SkipLine;
        return;
    }
    // A quote that was never meant to open a field has swallowed whole lines: give them back.
    const bool both = *lineEnd == '\r' && lineEnd + 1 != buffer.end() && lineEnd[1] == '\n';
    cursor = std::size_t(lineEnd - buffer.begin()) + (both ? 2 : 1);
    ++line;
    startRecord();
}

/// False: it was a fault.
bool CsvReader::State::endField(std::size_t end, CsvSink &sink)
{
    if (end - fieldBegin > limits.fieldBytesMax) {
        fault(column(), std::format("has more than {} bytes", limits.fieldBytesMax), sink);
        return false;
    }
    if (fields.size() == limits.columnsMax) {
        fault(column(),
              std::format("is one too many: at most {} columns are read", limits.columnsMax), sink);
        return false;
    }
    fields.push_back({fieldBegin - recordBegin, end - recordBegin, hasDoubledQuotes});
    mode = Mode::FieldStart;
    return true;
}

void CsvReader::State::emitRecord(CsvSink &sink)
{
    const std::string_view record =
        std::string_view(buffer).substr(recordBegin, cursor - recordBegin);
    if (const auto bad = schema::firstInvalidUtf8(record)) {
        const auto field =
            std::ranges::find_if(fields, [&](const FieldSpan &span) { return *bad < span.end; });
        sink.fault({row, line, std::uint32_t(field - fields.begin() + 1), "is not UTF-8"});
        return;
    }
    views.clear();
    for (const FieldSpan &span : fields) {
        char *const begin = buffer.data() + recordBegin + span.begin;
        char *end = buffer.data() + recordBegin + span.end;
        if (span.hasDoubledQuotes) {
            char *to = begin;
            for (const char *from = begin; from != end; ++from) {
                *to++ = *from;
                if (*from == '"')
                    ++from;
            }
            end = to;
        }
        views.emplace_back(begin, std::size_t(end - begin));
    }
    sink.row({row, line, views});
}

std::uint64_t CsvReader::State::lineEndsWithin() const
{
    std::uint64_t count = 0;
    for (std::size_t i = recordBegin; i < cursor; ++i)
        count += buffer[i] == '\n' || (buffer[i] == '\r' && buffer[i + 1] != '\n') ? 1 : 0;
    return count;
}

/// The cursor is on the line end.
void CsvReader::State::endLine(CsvSink &sink)
{
    const bool isEmpty = cursor == recordBegin;
    const std::uint64_t within = hasQuotes ? lineEndsWithin() : 0;
    if (mode != Mode::SkipLine) {
        if (!isEmpty)
            emitRecord(sink);
        ++row;
    }
    const bool isReturn = buffer[cursor] == '\r';
    ++cursor;
    if (isReturn && cursor == buffer.size())
        swallowLineFeed = true;
    else if (isReturn && buffer[cursor] == '\n')
        ++cursor;
    line += 1 + within;
    startRecord();
}

void CsvReader::State::scanByte(CsvSink &sink)
{
    const char c = buffer[cursor];
    const bool endsLine = c == '\n' || c == '\r';
    if (c == ',' || endsLine) {
        // After a fault the line is ended by SkipLine, or has been given back.
        if (!endField(mode == Mode::QuoteSeen ? cursor - 1 : cursor, sink))
            return;
        if (endsLine)
            endLine(sink);
        else
            ++cursor;
    } else if (mode == Mode::QuoteSeen && c == '"') {
        hasDoubledQuotes = true;
        mode = Mode::Quoted;
        ++cursor;
    } else {
        fault(column(),
              mode == Mode::QuoteSeen ? "goes on after its closing quote"
                                      : "holds a quote but does not begin with one",
              sink);
    }
}

void CsvReader::State::scan(CsvSink &sink)
{
    do {
        scanBuffer(sink);
    } while (refuseGrowth(sink));
}

void CsvReader::State::scanBuffer(CsvSink &sink)
{
    const char *const data = buffer.data();
    const std::size_t size = buffer.size();
    if (swallowLineFeed && cursor < size) {
        swallowLineFeed = false;
        if (data[cursor] == '\n') {
            ++cursor;
            startRecord();
        }
    }
    while (cursor < size) {
        switch (mode) {
        case Mode::FieldStart:
            hasDoubledQuotes = false;
            if (data[cursor] == '"') {
                fieldBegin = ++cursor;
                hasQuotes = true;
                mode = Mode::Quoted;
                break;
            }
            fieldBegin = cursor;
            mode = Mode::Plain;
            [[fallthrough]];
        case Mode::Plain:
            while (cursor < size && !kEndsPlainField[static_cast<unsigned char>(data[cursor])])
                ++cursor;
            if (cursor < size)
                scanByte(sink);
            break;
        case Mode::Quoted: {
            const auto *quote =
                static_cast<const char *>(std::memchr(data + cursor, '"', size - cursor));
            cursor = quote != nullptr ? std::size_t(quote - data) + 1 : size;
            if (quote != nullptr)
                mode = Mode::QuoteSeen;
            break;
        }
        case Mode::QuoteSeen: scanByte(sink); break;
        case Mode::SkipLine:
            while (cursor < size && data[cursor] != '\n' && data[cursor] != '\r')
                ++cursor;
            if (cursor < size)
                endLine(sink);
            else
                recordBegin = cursor;
            break;
        }
    }
}

/// A record that is still open may not grow without end. True: it did, and there may be more to
/// scan.
bool CsvReader::State::refuseGrowth(CsvSink &sink)
{
    const bool isOpen = mode == Mode::Plain || mode == Mode::Quoted;
    if (isOpen && cursor - fieldBegin > limits.fieldBytesMax)
        fault(column(), std::format("has more than {} bytes", limits.fieldBytesMax), sink);
    else if (mode != Mode::SkipLine && cursor - recordBegin > limits.recordBytesMax)
        fault(0, std::format("has more than {} bytes", limits.recordBytesMax), sink);
    else
        return false;
    return true;
}

void CsvReader::State::endOfFile(CsvSink &sink)
{
    // A fault may give lines back, which are then scanned to the end again.
    for (; mode != Mode::SkipLine && cursor != recordBegin; scan(sink)) {
        if (mode == Mode::Quoted) {
            fault(column(), "has no closing quote", sink);
            continue;
        }
        if (mode == Mode::FieldStart)
            fieldBegin = cursor;
        if (endField(mode == Mode::QuoteSeen ? cursor - 1 : cursor, sink)) {
            emitRecord(sink);
            return;
        }
    }
}

void CsvReader::State::forgetDone()
{
    buffer.erase(0, recordBegin);
    cursor -= recordBegin;
    fieldBegin -= std::min(fieldBegin, recordBegin);
    recordBegin = 0;
}

CsvReader::CsvReader(CsvLimits limits) : m_state(std::make_unique<State>(limits)) {}
CsvReader::~CsvReader() = default;
CsvReader::CsvReader(CsvReader &&) noexcept = default;
CsvReader &CsvReader::operator=(CsvReader &&) noexcept = default;

Status CsvReader::push(std::string_view bytes, CsvSink &sink)
{
    State &state = *m_state;
    if (state.failed)
        return fail(ErrorCode::InvalidInput, "the file is no text in UTF-8");
    state.buffer.append(bytes);
    if (!state.begun) {
        if (state.buffer.size() < 4)
            return {};
        if (auto status = state.begin(); !status)
            return status;
    }
    state.scan(sink);
    state.forgetDone();
    return {};
}

Status CsvReader::finish(CsvSink &sink)
{
    State &state = *m_state;
    if (state.failed)
        return fail(ErrorCode::InvalidInput, "the file is no text in UTF-8");
    if (!state.begun) {
        if (auto status = state.begin(); !status)
            return status;
        state.scan(sink);
    }
    state.endOfFile(sink);
    state.buffer.clear();
    state.recordBegin = state.cursor = state.fieldBegin = 0;
    return {};
}

} // namespace chrona::formats
