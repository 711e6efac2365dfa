// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/json_writer.h"

#include "utf8.h"

#include "chrona/schema/text.h"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

namespace chrona::formats {
namespace {


void appendEscaped(std::string &out, char c)
{
    static constexpr char kHex[] = "0123456789abcdef";
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
}

void appendValidUtf8(std::string &out, std::string_view text)
{
    std::size_t plainBegin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\')
            continue;
        out += text.substr(plainBegin, i - plainBegin);
        appendEscaped(out, c);
        plainBegin = i + 1;
    }
    out += text.substr(plainBegin);
}

constexpr double kExactIntegerMax = 9'007'199'254'740'992; // 2^53

template <class Number, class... Format>
void appendNumber(std::string &out, Number number, Format... format)
{
    std::array<char, 32> buffer;
    const auto written =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, format...);
    out.append(buffer.data(), written.ptr);
}

} // namespace

void appendJsonString(std::string &out, std::string_view text)
{
    out += '"';
    for (;;) {
        const auto bad = schema::firstInvalidUtf8(text);
        appendValidUtf8(out, text.substr(0, bad.value_or(text.size())));
        if (!bad)
            break;
        out += kReplacement;
        text.remove_prefix(*bad + 1);
    }
    out += '"';
}

void JsonWriter::separate()
{
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (m_hasItems.empty())
        return;
    if (m_hasItems.back())
        *m_out += ',';
    m_hasItems.back() = true;
}

JsonWriter &JsonWriter::beginObject()
{
    separate();
    *m_out += '{';
    m_hasItems.push_back(false);
    return *this;
}

JsonWriter &JsonWriter::endObject()
{
    assert(!m_hasItems.empty() && !m_afterKey);
    m_hasItems.pop_back();
    *m_out += '}';
    return *this;
}

JsonWriter &JsonWriter::beginArray()
{
    separate();
    *m_out += '[';
    m_hasItems.push_back(false);
    return *this;
}

JsonWriter &JsonWriter::endArray()
{
    assert(!m_hasItems.empty() && !m_afterKey);
    m_hasItems.pop_back();
    *m_out += ']';
    return *this;
}

JsonWriter &JsonWriter::key(std::string_view name)
{
    assert(!m_hasItems.empty() && !m_afterKey);
    separate();
    appendJsonString(*m_out, name);
    *m_out += ':';
    m_afterKey = true;
    return *this;
}

JsonWriter &JsonWriter::null()
{
    return raw("null");
}

JsonWriter &JsonWriter::value(std::string_view text)
{
    separate();
    appendJsonString(*m_out, text);
    return *this;
}

JsonWriter &JsonWriter::value(double number)
{
    if (!std::isfinite(number))
        return null();
    // "-0" would be read as a whole number, which has no sign at zero.
    if (number == 0 && std::signbit(number))
        return raw("-0.0");
    // Without an exponent it would be read as a whole number, and as one that 64 bits do not hold.
    if (std::abs(number) >= kExactIntegerMax) {
        separate();
        appendNumber(*m_out, number, std::chars_format::scientific);
        return *this;
    }
    separate();
    appendNumber(*m_out, number);
    return *this;
}

JsonWriter &JsonWriter::raw(std::string_view json)
{
    separate();
    *m_out += json;
    return *this;
}

JsonWriter &JsonWriter::writeBool(bool truth)
{
    return raw(truth ? "true" : "false");
}

JsonWriter &JsonWriter::writeSigned(std::int64_t number)
{
    separate();
    appendNumber(*m_out, number);
    return *this;
}

JsonWriter &JsonWriter::writeUnsigned(std::uint64_t number)
{
    separate();
    appendNumber(*m_out, number);
    return *this;
}

} // namespace chrona::formats
