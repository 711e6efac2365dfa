// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages.h"

#include <string>

/// Fills any listed struct with values that differ from its defaults and from each other, so that a
/// field that is left out or mixed up on the way shows.
namespace chrona::ipc::testing {

class Filler {
public:
    template <class T> [[nodiscard]] static T make()
    {
        T object{};
        Filler().fill(object);
        return object;
    }

private:
    void fill(bool &value) { value = !value; }
    void fill(float &value) { value = 0.25F * static_cast<float>(++m_count); }
    void fill(double &value) { value = 0.125 * ++m_count; }
    void fill(Instant &value) { value = Instant(Duration(1'700'000'000'000'000 + ++m_count)); }
    void fill(Duration &value) { value = Duration(++m_count); }
    void fill(std::string &text) { text = "text \xc3\xa9 " + std::to_string(++m_count); }
    void fill(std::vector<std::byte> &bytes) { bytes.assign(3, static_cast<std::byte>(++m_count)); }
    void fill(Hash128 &hash) { hash.bytes.fill(static_cast<std::uint8_t>(++m_count)); }
    void fill(schema::Attributes &attributes)
    {
        attributes = {{"a", true}, {"b", std::int64_t{-7}}, {"c", 2.5}, {"d", std::string("e")}};
    }
    void fill(schema::EventColumns &rows)
    {
        for (int row = 0; row < 3; ++row) {
            schema::Event event;
            event.id.value = ++m_count;
            event.times.observedAt = Instant(Duration(++m_count));
            rows.append(event, 1, 2);
        }
    }
    template <std::integral T> void fill(T &value) { value = static_cast<T>(++m_count); }
    template <class T>
        requires std::is_enum_v<T>
    void fill(T &value)
    {
        value = LastOf<T>::value;
    }
    template <class Tag> void fill(Id<Tag> &id) { id.value = ++m_count; }
    template <class T> void fill(std::optional<T> &value) { fill(value.emplace()); }
    template <class T> void fill(std::vector<T> &list)
    {
        fill(list.emplace_back());
        fill(list.emplace_back());
    }
    template <class T>
        requires requires { FieldsOf<T>::fields(); }
    void fill(T &object)
    {
        FieldsOf<T>::fields().apply(
            [&](const auto &...fields) { (fill(object.*fields.member), ...); });
    }

    int m_count = 0;
};

} // namespace chrona::ipc::testing
