// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// Writes one JSON document to the end of a string, in order, without spaces. What comes out is
/// valid whatever goes in: text that is not UTF-8 gets U+FFFD in place of bad bytes, and a double
/// that is not finite becomes null, because JSON has no word for it. Doubles are the shortest that
/// read back the same. The caller may take finished text out of the string between calls.
class JsonWriter {
public:
    explicit JsonWriter(std::string &out) : m_out(&out) {}

    JsonWriter &beginObject();
    JsonWriter &endObject();
    JsonWriter &beginArray();
    JsonWriter &endArray();
    /// Before each value in an object.
    JsonWriter &key(std::string_view name);

    JsonWriter &null();
    JsonWriter &value(std::string_view text);
    JsonWriter &value(const char *text) { return value(std::string_view(text)); }
    JsonWriter &value(double number);
    JsonWriter &value(std::same_as<bool> auto truth) { return writeBool(truth); }
    JsonWriter &value(std::signed_integral auto number) { return writeSigned(number); }
    JsonWriter &value(std::unsigned_integral auto number)
        requires(!std::same_as<decltype(number), bool>)
    {
        return writeUnsigned(number);
    }
    /// Puts in what is JSON already. The caller vouches for it.
    JsonWriter &raw(std::string_view json);

    template <class Value> JsonWriter &member(std::string_view name, const Value &content)
    {
        return key(name).value(content);
    }

private:
    JsonWriter &writeBool(bool truth);
    JsonWriter &writeSigned(std::int64_t number);
    JsonWriter &writeUnsigned(std::uint64_t number);
    void separate();

    std::string *m_out;
    std::vector<bool> m_hasItems; ///< one for each open object or array
    bool m_afterKey = false;
};

/// Appends a quoted JSON string.
void appendJsonString(std::string &out, std::string_view text);

} // namespace chrona::formats
