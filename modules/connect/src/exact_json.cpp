// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/exact_json.h"

#include "chrona/base/ascii.h"
#include "chrona/schema/text.h"

#include <charconv>
#include <optional>

namespace chrona::connect {
namespace {

constexpr std::uint32_t kRoot = 1;

void appendUtf8(std::string &out, std::uint32_t code)
{
    const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

std::optional<std::uint32_t> hexUnit(std::string_view text)
{
    std::uint32_t unit = 0;
    if (text.size() < 4)
        return std::nullopt;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + 4, unit, 16);
    return problem == std::errc{} && end == text.data() + 4 ? std::optional(unit) : std::nullopt;
}

/// The text of a string between its quotes. Lone surrogates are refused: no UTF-8 has them.
std::optional<std::string> unescape(std::string_view body)
{
    std::string out;
    out.reserve(body.size());
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (body[i] != '\\') {
            out += body[i];
            continue;
        }
        constexpr std::string_view kNames = "\"\\/bfnrt";
        constexpr std::string_view kValues = "\"\\/\b\f\n\r\t";
        const char kind = body[++i]; // the scanner never ends a string after a backslash
        if (const auto at = kNames.find(kind); at != std::string_view::npos) {
            out += kValues[at];
            continue;
        }
        auto code = kind == 'u' ? hexUnit(body.substr(i + 1)) : std::nullopt;
        if (!code || (*code >= 0xDC00 && *code < 0xE000))
            return std::nullopt;
        i += 4;
        if (*code >= 0xD800 && *code < 0xDC00) {
            const bool pair = body.substr(i + 1).starts_with("\\u");
            const auto low = pair ? hexUnit(body.substr(i + 3)) : std::nullopt;
            if (!low || *low < 0xDC00 || *low >= 0xE000)
                return std::nullopt;
            code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
            i += 6;
        }
        appendUtf8(out, *code);
    }
    return out;
}

} // namespace

/// Recursive descent; the depth limit bounds the stack.
class ExactJson::Parser {
public:
    Parser(ExactJson &json, std::string_view text, const ExactJsonLimits &limits)
        : m_json(json), m_text(text), m_limits(limits)
    {
    }

    JsonFlaw run()
    {
        skipBlanks();
        if (atEnd())
            return JsonFlaw::Empty;
        std::uint32_t node = 0;
        if (!value(0, node))
            return m_flaw;
        skipBlanks();
        return atEnd() ? JsonFlaw::None : JsonFlaw::NotJson;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char front() const { return atEnd() ? '\0' : m_text[m_at]; }
    void skipBlanks()
    {
        while (!atEnd() && std::string_view(" \t\r\n").contains(m_text[m_at]))
            ++m_at;
    }
    /// A text that ends where more must come is cut off; any other fault is no JSON.
    bool broken()
    {
        m_flaw = atEnd() ? JsonFlaw::Truncated : JsonFlaw::NotJson;
        return false;
    }
    bool refused()
    {
        m_flaw = JsonFlaw::NotJson;
        return false;
    }

    bool value(std::size_t depth, std::uint32_t &made)
    {
        if (depth > m_limits.depthMax || m_json.m_nodes.size() >= m_limits.nodesMax)
            return refused();
        made = static_cast<std::uint32_t>(m_json.m_nodes.size());
        m_json.m_nodes.emplace_back();
        const std::size_t start = m_at;
        bool good = false;
        switch (front()) {
        case '{': good = container(depth, made, '}'); break;
        case '[': good = container(depth, made, ']'); break;
        case '"': {
            std::string_view text;
            good = string(text);
            set(made, JsonRef::Kind::String, text);
            break;
        }
        case 't': good = word("true", made, JsonRef::Kind::Bool); break;
        case 'f': good = word("false", made, JsonRef::Kind::Bool); break;
        case 'n': good = word("null", made, JsonRef::Kind::Null); break;
        default: good = number(made); break;
        }
        m_json.m_nodes[made].raw = m_text.substr(start, m_at - start);
        return good;
    }

    void set(std::uint32_t node, JsonRef::Kind kind, std::string_view text)
    {
        m_json.m_nodes[node].kind = kind;
        m_json.m_nodes[node].text = text;
    }

    bool word(std::string_view expected, std::uint32_t node, JsonRef::Kind kind)
    {
        for (const char c : expected) {
            if (front() != c)
                return broken();
            ++m_at;
        }
        set(node, kind, kind == JsonRef::Kind::Bool ? expected : std::string_view());
        return true;
    }

    bool digits()
    {
        const std::size_t start = m_at;
        while (isAsciiDigit(front()))
            ++m_at;
        return m_at > start;
    }

    bool number(std::uint32_t node)
    {
        const std::size_t start = m_at;
        if (front() == '-')
            ++m_at;
        if (front() == '0')
            ++m_at;
        else if (!digits())
            return broken();
        if (front() == '.') {
            ++m_at;
            if (!digits())
                return broken();
        }
        if (front() == 'e' || front() == 'E') {
            ++m_at;
            if (front() == '+' || front() == '-')
                ++m_at;
            if (!digits())
                return broken();
        }
        set(node, JsonRef::Kind::Number, m_text.substr(start, m_at - start));
        return true;
    }

    bool string(std::string_view &text)
    {
        const std::size_t start = ++m_at;
        bool escaped = false;
        while (!atEnd() && m_text[m_at] != '"') {
            if (static_cast<unsigned char>(m_text[m_at]) < 0x20)
                return refused();
            if (m_text[m_at] == '\\') {
                escaped = true;
                ++m_at;
            }
            ++m_at;
        }
        if (atEnd()) {
            m_at = m_text.size();
            return broken();
        }
        text = m_text.substr(start, m_at++ - start);
        if (!escaped)
            return true;
        auto decoded = unescape(text);
        if (!decoded)
            return refused();
        text = m_json.m_decoded.emplace_back(std::move(*decoded));
        return true;
    }

    bool memberName(std::string_view &name)
    {
        if (front() != '"')
            return broken();
        if (!string(name))
            return false;
        skipBlanks();
        if (front() != ':')
            return broken();
        ++m_at;
        skipBlanks();
        return true;
    }

    bool container(std::size_t depth, std::uint32_t node, char close)
    {
        const bool isObject = close == '}';
        set(node, isObject ? JsonRef::Kind::Object : JsonRef::Kind::Array, {});
        ++m_at;
        skipBlanks();
        if (front() == close && !atEnd()) {
            ++m_at;
            return true;
        }
        for (std::uint32_t before = 0;;) {
            std::string_view name;
            std::uint32_t made = 0;
            if ((isObject && !memberName(name)) || !value(depth + 1, made))
                return false;
            m_json.m_nodes[made].key = name;
            (before == 0 ? m_json.m_nodes[node].child : m_json.m_nodes[before].next) = made;
            ++m_json.m_nodes[node].count;
            before = made;
            skipBlanks();
            if (front() == close && !atEnd()) {
                ++m_at;
                return true;
            }
            if (front() != ',')
                return broken();
            ++m_at;
            skipBlanks();
        }
    }

    ExactJson &m_json;
    std::string_view m_text;
    const ExactJsonLimits &m_limits;
    std::size_t m_at = 0;
    JsonFlaw m_flaw = JsonFlaw::NotJson;
};

ExactJson::ExactJson(std::string_view text, const ExactJsonLimits &limits) : m_nodes(1)
{
    constexpr std::size_t kCharacterBytesMax = 4;
    const auto invalid = schema::firstInvalidUtf8(text.substr(0, limits.bytesMax));
    if (text.size() > limits.bytesMax)
        m_flaw = JsonFlaw::NotJson;
    else if (invalid) // a last character of which only a part came is a cut
        m_flaw =
            *invalid + kCharacterBytesMax > text.size() && text.back() != '}' && text.back() != ']'
                ? JsonFlaw::Truncated
                : JsonFlaw::NotJson;
    else
        m_flaw = Parser(*this, text, limits).run();
    if (m_flaw != JsonFlaw::None)
        m_nodes.resize(1);
}

JsonRef ExactJson::root() const
{
    return m_nodes.size() > kRoot ? JsonRef(this, kRoot) : JsonRef();
}

JsonRef::Kind JsonRef::kind() const
{
    return m_json != nullptr ? m_json->m_nodes[m_node].kind : Kind::Missing;
}

bool JsonRef::isTrue() const
{
    return kind() == Kind::Bool && text() == "true";
}

std::string_view JsonRef::text() const
{
    return m_json != nullptr ? m_json->m_nodes[m_node].text : std::string_view();
}

std::string_view JsonRef::raw() const
{
    return m_json != nullptr ? m_json->m_nodes[m_node].raw : std::string_view();
}

std::string_view JsonRef::key() const
{
    return m_json != nullptr ? m_json->m_nodes[m_node].key : std::string_view();
}

std::size_t JsonRef::size() const
{
    return m_json != nullptr ? m_json->m_nodes[m_node].count : 0;
}

JsonRef JsonRef::operator[](std::string_view name) const
{
    if (isObject())
        for (const JsonRef member : *this)
            if (member.key() == name)
                return member;
    return {};
}

JsonRef JsonRef::operator[](std::size_t index) const
{
    if (isArray() && index < size())
        for (const JsonRef item : *this)
            if (index-- == 0)
                return item;
    return {};
}

JsonRef JsonRef::at(std::string_view path) const
{
    JsonRef value = path.empty() ? JsonRef() : *this;
    while (!path.empty() && !value.isMissing()) {
        const std::size_t dot = std::min(path.find('.'), path.size());
        const std::string_view step = path.substr(0, dot);
        path.remove_prefix(std::min(dot + 1, path.size()));
        if (value.isArray()) {
            std::size_t index = 0;
            const auto [end, problem] =
                std::from_chars(step.data(), step.data() + step.size(), index);
            value = problem == std::errc{} && end == step.data() + step.size() ? value[index]
                                                                               : JsonRef();
        } else {
            value = value[step];
        }
    }
    return value;
}

JsonRef::Iterator &JsonRef::Iterator::operator++()
{
    m_node = m_json->m_nodes[m_node].next;
    return *this;
}

JsonRef::Iterator JsonRef::begin() const
{
    return {m_json, m_json != nullptr ? m_json->m_nodes[m_node].child : 0};
}

JsonRef::Iterator JsonRef::end() const
{
    return {m_json, 0};
}

} // namespace chrona::connect
