// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/canonical_event.h"

#include <array>
#include <charconv>

namespace chrona::events {
namespace {

/// Fields one after the other, each with its length in front, so that no two events look the same.
class Digest {
public:
    void add(std::string_view text)
    {
        m_bytes += std::to_string(text.size());
        m_bytes += ':';
        m_bytes += text;
    }
    void add(std::int64_t number) { add(std::string_view(std::to_string(number))); }
    void add(double number)
    {
        std::array<char, 32> digits{};
        add(std::string_view(
            digits.data(),
            std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr));
    }
    void add(schema::GeoPoint point)
    {
        add(point.longitude);
        add(point.latitude);
    }
    template <class Item> void add(const std::vector<Item> &list)
    {
        add(static_cast<std::int64_t>(list.size()));
        for (const auto &item : list)
            add(item);
    }
    void add(const schema::Attribute &attribute)
    {
        add(attribute.key);
        add(static_cast<std::int64_t>(attribute.value.index()));
        std::visit(
            [this](const auto &value) {
                using Value = std::decay_t<decltype(value)>;
                if constexpr (std::is_same_v<Value, std::string>)
                    add(std::string_view(value));
                else if constexpr (std::is_same_v<Value, double>)
                    add(value);
                else
                    add(static_cast<std::int64_t>(value));
            },
            attribute.value);
    }
    void add(const schema::EventEntity &link)
    {
        add(link.entity.value);
        add(static_cast<std::int64_t>(link.role));
        add(static_cast<double>(link.weight));
    }

    [[nodiscard]] Hash128 take() const { return hashOf({m_bytes}); }

private:
    std::string m_bytes;
};

} // namespace

Hash128 contentHashOf(const schema::Event &event)
{
    Digest digest;
    digest.add(toString(event.type));
    digest.add(event.title);
    digest.add(event.summary);
    digest.add(event.times.observedAt.time_since_epoch().count());
    digest.add(event.endsAt ? event.endsAt->time_since_epoch().count() : std::int64_t{0});
    digest.add(static_cast<std::int64_t>(event.geometry.kind));
    digest.add(event.geometry.points);
    digest.add(event.geometry.lines);
    digest.add(event.geometry.areas);
    digest.add(event.entities);
    digest.add(event.url);
    digest.add(static_cast<double>(event.confidence));
    digest.add(static_cast<double>(event.severity));
    digest.add(event.attributes);
    digest.add(static_cast<std::int64_t>(event.state == schema::EventState::Retracted));
    return digest.take();
}

} // namespace chrona::events
