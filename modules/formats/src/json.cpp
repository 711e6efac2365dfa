// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/json.h"

#include "chrona/formats/json_writer.h"

#include <simdjson.h>

#include <bit>
#include <format>

namespace chrona::formats {
namespace {

namespace dom = simdjson::dom;

// simdjson's handles are two words without an owner, so JsonValue can carry them without naming
// them.
template <class Handle, class Simd> Handle pack(Simd value)
{
    static_assert(sizeof(Simd) == sizeof(Handle) && std::is_trivially_copyable_v<Simd>);
    return std::bit_cast<Handle>(value);
}

template <class Simd, class Handle> Simd unpack(Handle handle)
{
    static_assert(sizeof(Simd) == sizeof(Handle) && std::is_trivially_copyable_v<Simd>);
    return std::bit_cast<Simd>(handle);
}

JsonValue::Kind kindOf(dom::element element)
{
    using Kind = JsonValue::Kind;
    switch (element.type()) {
    case dom::element_type::ARRAY: return Kind::Array;
    case dom::element_type::OBJECT: return Kind::Object;
    case dom::element_type::INT64: return Kind::Integer;
    // Above what a signed number holds: still a number, no longer an exact one.
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE: return Kind::Double;
    case dom::element_type::STRING: return Kind::String;
    case dom::element_type::BOOL: return Kind::Bool;
    case dom::element_type::NULL_VALUE: return Kind::Null;
    default: return Kind::Missing;
    }
}

template <class Value> std::optional<Value> get(dom::element element)
{
    Value value;
    if (element.get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return value;
}

void write(JsonWriter &writer, JsonValue value)
{
    switch (value.kind()) {
    case JsonValue::Kind::Missing:
    case JsonValue::Kind::Null: writer.null(); break;
    case JsonValue::Kind::Bool: writer.value(*value.asBool()); break;
    case JsonValue::Kind::Integer: writer.value(*value.asInteger()); break;
    case JsonValue::Kind::Double: writer.value(*value.asDouble()); break;
    case JsonValue::Kind::String: writer.value(*value.asString()); break;
    case JsonValue::Kind::Array:
        writer.beginArray();
        for (const JsonValue item : value.items())
            write(writer, item);
        writer.endArray();
        break;
    case JsonValue::Kind::Object:
        writer.beginObject();
        for (const JsonMember member : value.members()) {
            writer.key(member.name);
            write(writer, member.value);
        }
        writer.endObject();
        break;
    }
}

} // namespace

JsonValue::JsonValue(Handle element)
    : m_element(element), m_kind(kindOf(unpack<dom::element>(element)))
{
}

std::optional<bool> JsonValue::asBool() const
{
    return m_kind == Kind::Bool ? get<bool>(unpack<dom::element>(m_element)) : std::nullopt;
}

std::optional<std::int64_t> JsonValue::asInteger() const
{
    return m_kind == Kind::Integer ? get<std::int64_t>(unpack<dom::element>(m_element))
                                   : std::nullopt;
}

std::optional<double> JsonValue::asDouble() const
{
    const bool isNumber = m_kind == Kind::Integer || m_kind == Kind::Double;
    return isNumber ? get<double>(unpack<dom::element>(m_element)) : std::nullopt;
}

std::optional<std::string_view> JsonValue::asString() const
{
    return m_kind == Kind::String ? get<std::string_view>(unpack<dom::element>(m_element))
                                  : std::nullopt;
}

JsonValue JsonValue::operator[](std::string_view name) const
{
    if (m_kind != Kind::Object)
        return {};
    dom::element found;
    if (unpack<dom::element>(m_element).at_key(name).get(found) != simdjson::SUCCESS)
        return {};
    return JsonValue(pack<Handle>(found));
}

JsonItems JsonValue::items() const
{
    JsonItems items;
    dom::array array;
    if (m_kind == Kind::Array && unpack<dom::element>(m_element).get(array) == simdjson::SUCCESS) {
        items.m_begin.m_at = pack<Handle>(array.begin());
        items.m_end.m_at = pack<Handle>(array.end());
    }
    return items;
}

JsonMembers JsonValue::members() const
{
    JsonMembers members;
    dom::object object;
    if (m_kind == Kind::Object &&
        unpack<dom::element>(m_element).get(object) == simdjson::SUCCESS) {
        members.m_begin.m_at = pack<Handle>(object.begin());
        members.m_end.m_at = pack<Handle>(object.end());
    }
    return members;
}

std::size_t JsonValue::size() const
{
    // simdjson's own count saturates at 2^24 - 1.
    std::size_t count = 0;
    if (m_kind == Kind::Array) {
        for (auto it = items().begin(), end = items().end(); it != end; ++it)
            ++count;
    } else if (m_kind == Kind::Object) {
        for (auto it = members().begin(), end = members().end(); it != end; ++it)
            ++count;
    }
    return count;
}

std::string JsonValue::toJson() const
{
    std::string text;
    JsonWriter writer(text);
    write(writer, *this);
    return text;
}

JsonValue JsonItems::Iterator::operator*() const
{
    return JsonValue(pack<JsonValue::Handle>(*unpack<dom::array::iterator>(m_at)));
}

JsonItems::Iterator &JsonItems::Iterator::operator++()
{
    auto at = unpack<dom::array::iterator>(m_at);
    m_at = pack<JsonValue::Handle>(++at);
    return *this;
}

JsonMember JsonMembers::Iterator::operator*() const
{
    const auto at = unpack<dom::object::iterator>(m_at);
    return {at.key(), JsonValue(pack<JsonValue::Handle>(at.value()))};
}

JsonMembers::Iterator &JsonMembers::Iterator::operator++()
{
    auto at = unpack<dom::object::iterator>(m_at);
    m_at = pack<JsonValue::Handle>(++at);
    return *this;
}

struct JsonDocument::Parsed {
    dom::document document;
};

JsonDocument::JsonDocument(std::unique_ptr<Parsed> parsed) : m_parsed(std::move(parsed)) {}
JsonDocument::~JsonDocument() = default;
JsonDocument::JsonDocument(JsonDocument &&) noexcept = default;
JsonDocument &JsonDocument::operator=(JsonDocument &&) noexcept = default;

Result<JsonDocument> JsonDocument::parse(std::string_view text, const JsonLimits &limits)
{
    if (text.size() > limits.bytesMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("the document has {} bytes, at most {} are read", text.size(),
                                limits.bytesMax));
    dom::parser parser(limits.bytesMax);
    if (const auto problem =
            parser.allocate(std::max<std::size_t>(text.size(), 32), limits.depthMax))
        return fail(ErrorCode::Exhausted, simdjson::error_message(problem));
    auto parsed = std::make_unique<Parsed>();
    const auto result = parser.parse_into_document(parsed->document, text.data(), text.size());
    if (const auto problem = result.error()) {
        return fail(ErrorCode::InvalidInput,
                    std::format("the text is not JSON that can be read: {}",
                                simdjson::error_message(problem)));
    }
    return JsonDocument(std::move(parsed));
}

JsonValue JsonDocument::root() const
{
    return JsonValue(pack<JsonValue::Handle>(m_parsed->document.root()));
}

} // namespace chrona::formats
