// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

namespace chrona::formats {

[[nodiscard]] inline bool isJsonBlank(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/// Where strings begin and end, for who reads JSON byte by byte.
class JsonStringFollower {
public:
    [[nodiscard]] bool isInside() const { return m_isInside; }
    /// How the latest string begins, as it is written: enough to know a member by its name.
    [[nodiscard]] const std::string &head() const { return m_head; }
    /// The opening quote came.
    void begin()
    {
        m_isInside = true;
        m_head.clear();
    }
    /// A byte of the string, or its closing quote.
    void push(char byte)
    {
        if (m_isEscaped)
            m_isEscaped = false;
        else if (byte == '\\')
            m_isEscaped = true;
        else if (byte == '"')
            m_isInside = false;
        if (m_isInside && m_head.size() < kHeadBytesMax)
            m_head += byte;
    }

private:
    static constexpr std::size_t kHeadBytesMax = 16; ///< longer than any name that is looked for
    std::string m_head;
    bool m_isInside = false, m_isEscaped = false;
};

} // namespace chrona::formats
