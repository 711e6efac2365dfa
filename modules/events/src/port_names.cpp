// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/port_names.h"

#include "chrona/base/ascii.h"
#include "chrona/geo/mercator.h"
#include "chrona/geo/places.h"
#include "chrona/geo/shipped.h"

#include "headline_words.h"

#include <algorithm>
#include <array>
#include <format>
#include <span>

namespace chrona::events {
namespace {

using WordList = std::vector<std::string>;

WordList portWords(std::string_view text)
{
    WordList words;
    for (Word &word : wordsOf(text))
        words.push_back(std::move(word.folded));
    return words;
}

std::string spaced(std::span<const std::string> words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

/// Without the words that say no more than that it is a port; nothing where that is all it says.
std::string bareName(std::span<const std::string> words)
{
    constexpr std::array<std::string_view, 4> kBehind{"port", "harbour", "harbor", "anchorage"};
    if (words.size() > 2 && (words[0] == "port" || words[0] == "harbour" || words[0] == "harbor") &&
        words[1] == "of")
        words = words.subspan(2);
    if (words.size() > 1 && std::ranges::contains(kBehind, words.back()))
        words = words.first(words.size() - 1);
    return spaced(words);
}

/// "Gent (Ghent)" and "Puerto Galvan/Bahia Blanca" are two names each.
std::vector<std::string_view> namesIn(std::string_view written)
{
    std::vector<std::string_view> names;
    while (true) {
        const std::size_t end = written.find_first_of("/()");
        names.push_back(trimmed(written.substr(0, end)));
        if (end == written.npos)
            return names;
        written.remove_prefix(end + 1);
    }
}

} // namespace

PortNames::PortNames(const geo::Places &ports)
{
    m_ports.reserve(ports.all().size());
    for (const geo::Place &place : ports.all()) {
        const std::string_view country = geo::Places::countryOf(place);
        const auto names = namesIn(ports.nameOf(place));
        m_ports.push_back({.name = std::string(names.front()),
                           .country = country == "  " ? std::string() : std::string(country),
                           .location = geo::unproject({place.at.x, place.at.y}),
                           .rank = place.rank});
        for (const std::string_view name : names) {
            const WordList words = portWords(name);
            if (words.empty())
                continue;
            m_byName.emplace(spaced(words), m_ports.size() - 1);
            if (auto bare = bareName(words); bare != spaced(words))
                m_byName.emplace(std::move(bare), m_ports.size() - 1);
        }
    }
}

Result<PortNames> PortNames::shipped()
{
    const auto ports = geo::Places::read(geo::shippedData(geo::ShippedData::Ports));
    if (!ports)
        return std::unexpected(ports.error());
    return PortNames(*ports);
}

std::vector<const Port *> PortNames::named(std::string_view name) const
{
    const WordList words = portWords(name.substr(0, name.find(',')));
    std::vector<const Port *> found;
    // "Port Said" is called so; "Port of Rotterdam" is not.
    for (const std::string &key : {spaced(words), bareName(words)}) {
        const auto [first, last] = m_byName.equal_range(key);
        for (auto at = first; at != last; ++at)
            found.push_back(&m_ports[at->second]);
        if (!found.empty())
            break;
    }
    return found;
}

const Port *PortNames::find(std::string_view name, const PortHint &hint) const
{
    auto found = named(name);
    if (!hint.region.empty())
        std::erase_if(found,
                      [&](const Port *port) { return port->country != hint.region.substr(0, 2); });
    if (found.size() < 2)
        return found.empty() ? nullptr : found.front();
    if (hint.near)
        return *std::ranges::min_element(found, {}, [&](const Port *port) {
            return geo::distanceKm(port->location, *hint.near);
        });
    std::ranges::sort(found, {}, &Port::rank);
    return found[0]->rank < found[1]->rank ? found[0] : nullptr;
}

schema::Entity entityOf(const Port &port)
{
    schema::Entity entity;
    entity.kind = schema::EntityKind::Location;
    std::string words = spaced(portWords(port.name));
    std::ranges::replace(words, ' ', '-');
    entity.key =
        std::format("port:{}-{}", port.country.empty() ? "xx" : asciiLowered(port.country), words);
    entity.id = schema::entityIdFor(entity.key);
    entity.name = port.name.starts_with("Port") || port.name.ends_with("Port")
                      ? port.name
                      : "Port of " + port.name;
    entity.location = port.location;
    return entity;
}

} // namespace chrona::events
