// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace chrona::connect {

/// Writes one JSON value on one line. Commas are its business; that brackets match is the caller's.
class JsonWriter {
public:
    void beginObject();
    void endObject();
    void beginArray();
    void endArray();
    JsonWriter &key(std::string_view name);

    /// Bytes that are not UTF-8 become U+FFFD.
    void text(std::string_view value);
    void boolean(std::same_as<bool> auto value) { raw(value ? "true" : "false"); }
    void integer(std::int64_t value);
    /// The shortest digits that read back the same; null for NaN and infinity, which JSON lacks.
    void number(double value);
    void number(float value);
    void null() { raw("null"); }

    [[nodiscard]] std::string take() { return std::move(m_out); }

private:
    void raw(std::string_view value);
    void separate();

    std::string m_out;
    bool m_needsComma = false;
};

} // namespace chrona::connect
