// SPDX-License-Identifier: AGPL-3.0-or-later
#include "attributes_json.h"

#include <charconv>
#include <cmath>
#include <format>

namespace chrona::storage {
namespace {

using schema::Attribute;
using schema::AttributeValue;

void appendDouble(std::string &to, double value)
{
    char digits[400]; // the largest has 309 digits before its point
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed);
    const std::string_view text(digits, static_cast<std::size_t>(end.ptr - digits));
    to += text;
    if (!text.contains('.'))
        to += ".0";
}

struct AppendValue {
    std::string &to;
    void operator()(bool value) const { to += value ? "true" : "false"; }
    void operator()(std::int64_t value) const { to += std::to_string(value); }
    void operator()(double value) const { appendDouble(to, value); }
    void operator()(const std::string &value) const { appendJsonString(to, value); }
};

/// Reads what Postgres prints for a flat jsonb object.
class Parser {
public:
    explicit Parser(std::string_view text) : m_rest(text) {}

    Result<schema::Attributes> object()
    {
        schema::Attributes attributes;
        if (!take('{'))
            return broken();
        while (!take('}')) {
            if (!attributes.empty() && !take(','))
                return broken();
            Attribute attribute;
            if (!string(attribute.key) || !take(':') || !value(attribute.value))
                return broken();
            attributes.push_back(std::move(attribute));
        }
        if (!m_rest.empty())
            return broken();
        std::ranges::sort(attributes, {}, &Attribute::key);
        return attributes;
    }

private:
    static std::unexpected<Error> broken()
    {
        return fail(ErrorCode::Corrupt, "stored attributes are not a flat object");
    }

    bool take(char expected)
    {
        while (m_rest.starts_with(' '))
            m_rest.remove_prefix(1);
        if (!m_rest.starts_with(expected))
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    bool take(std::string_view word)
    {
        if (!m_rest.starts_with(word))
            return false;
        m_rest.remove_prefix(word.size());
        return true;
    }

    bool value(AttributeValue &to)
    {
        while (m_rest.starts_with(' '))
            m_rest.remove_prefix(1);
        if (m_rest.starts_with('"')) {
            std::string text;
            if (!string(text))
                return false;
            to = std::move(text);
            return true;
        }
        if (take(std::string_view("true"))) {
            to = true;
            return true;
        }
        if (take(std::string_view("false"))) {
            to = false;
            return true;
        }
        return number(to);
    }

    bool number(AttributeValue &to)
    {
        const std::string_view text = m_rest.substr(0, m_rest.find_first_of(",} "));
        m_rest.remove_prefix(text.size());
        const char *end = text.data() + text.size();
        std::int64_t whole = 0;
        if (const auto read = std::from_chars(text.data(), end, whole);
            read.ec == std::errc() && read.ptr == end) {
            to = whole;
            return true;
        }
        double real = 0;
        const auto read = std::from_chars(text.data(), end, real);
        to = real;
        return read.ec == std::errc() && read.ptr == end;
    }

    bool string(std::string &to)
    {
        if (!take('"'))
            return false;
        while (!m_rest.empty() && m_rest.front() != '"') {
            const char c = m_rest.front();
            m_rest.remove_prefix(1);
            if (c != '\\')
                to += c;
            else if (!escape(to))
                return false;
        }
        return take('"');
    }

    bool escape(std::string &to)
    {
        constexpr std::string_view kNames = "\"\\/bfnrt";
        constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        if (m_rest.empty())
            return false;
        const char name = m_rest.front();
        m_rest.remove_prefix(1);
        if (const std::size_t at = kNames.find(name); at != std::string_view::npos) {
            to += kMeanings[at];
            return true;
        }
        // Postgres prints only control characters this way; everything else is UTF-8.
        unsigned code = 0;
        if (name != 'u' || m_rest.size() < 4)
            return false;
        const auto read = std::from_chars(m_rest.data(), m_rest.data() + 4, code, 16);
        m_rest.remove_prefix(4);
        to += static_cast<char>(code);
        return read.ec == std::errc() && code < 0x80;
    }

    std::string_view m_rest;
};

} // namespace

void appendJsonString(std::string &to, std::string_view text)
{
    to += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            to += '\\';
            to += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            to += std::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            to += c;
        }
    }
    to += '"';
}

Result<std::string> attributesToJson(const schema::Attributes &attributes)
{
    std::string json = "{";
    for (const Attribute &attribute : attributes) {
        const double *real = std::get_if<double>(&attribute.value);
        if (real != nullptr && !std::isfinite(*real)) {
            return fail(ErrorCode::InvalidInput,
                        std::format("attribute {} is not a finite number", attribute.key));
        }
        if (json.size() > 1)
            json += ',';
        appendJsonString(json, attribute.key);
        json += ':';
        std::visit(AppendValue{json}, attribute.value);
    }
    json += '}';
    return json;
}

Result<schema::Attributes> attributesFromJson(std::string_view json)
{
    return Parser(json).object();
}

} // namespace chrona::storage
