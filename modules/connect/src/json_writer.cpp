// SPDX-License-Identifier: AGPL-3.0-or-later
#include "json_writer.h"

#include "chrona/schema/text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <format>
#include <iterator>

namespace chrona::connect {
namespace {

void escape(std::string &out, std::string_view valid)
{
    for (const char c : valid) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (const auto byte = static_cast<unsigned char>(c); byte < 0x20 || byte == 0x7f)
                std::format_to(std::back_inserter(out), "\\u{:04x}", byte);
            else
                out += c;
        }
    }
}

template <class Number> std::string shortest(Number value)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return {digits.data(), end};
}

} // namespace

void JsonWriter::separate()
{
    if (m_needsComma)
        m_out += ',';
    m_needsComma = true;
}

void JsonWriter::raw(std::string_view value)
{
    separate();
    m_out += value;
}

void JsonWriter::beginObject()
{
    raw("{");
    m_needsComma = false;
}

void JsonWriter::endObject()
{
    m_out += '}';
    m_needsComma = true;
}

void JsonWriter::beginArray()
{
    raw("[");
    m_needsComma = false;
}

void JsonWriter::endArray()
{
    m_out += ']';
    m_needsComma = true;
}

JsonWriter &JsonWriter::key(std::string_view name)
{
    text(name);
    m_out += ':';
    m_needsComma = false;
    return *this;
}

void JsonWriter::text(std::string_view value)
{
    separate();
    m_out += '"';
    while (const auto bad = schema::firstInvalidUtf8(value)) {
        escape(m_out, value.substr(0, *bad));
        m_out += "\xEF\xBF\xBD";
        value.remove_prefix(*bad + 1);
    }
    escape(m_out, value);
    m_out += '"';
}

void JsonWriter::integer(std::int64_t value)
{
    raw(shortest(value));
}

void JsonWriter::number(double value)
{
    raw(std::isfinite(value) ? shortest(value) : std::string("null"));
}

void JsonWriter::number(float value)
{
    raw(std::isfinite(value) ? shortest(value) : std::string("null"));
}

} // namespace chrona::connect
