// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/feed.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// What a feed, an entry or the source of an entry says of itself, as its elements come in. The
/// first of several titles, links and ids counts; of several dates the last one that is a date.
struct FeedCollector {
    std::string id, title, mediaTitle;
    std::string summary, mediaSummary, content;
    std::string author, personName, personMail;
    std::string link;      ///< to a page
    std::string otherLink; ///< to the same in another form: counts where there is no page
    std::string permalink; ///< an id that is said to be an address
    std::string idAddress; ///< one that looks like an address: counts where there is no link
    std::optional<Instant> published, updated;
    std::vector<std::string> categories;
    FeedSource source;
    schema::Geometry geo;
    std::optional<double> latitude, longitude;
    schema::Attributes attributes;

    struct Link {
        std::string url; ///< resolved
        std::string relation;
        std::string type;
    };
    /// Ids are kept as they are, but for brackets: they come to stand in documents.
    void setId(std::string_view text);
    void addLink(const Link &found);
    void addCategory(std::string_view text);
    void addKeywords(std::string_view list);
    /// What is no date changes nothing.
    static void setDate(std::optional<Instant> &date, std::string_view text);
    void addStatistic(std::string_view localName, std::string_view value);
    /// Atom's author, whose parts have come in.
    void finishPerson();

    [[nodiscard]] FeedEntry takeEntry();
    [[nodiscard]] FeedSource takeSource();
    void moveInto(Feed &feed);

private:
    void chooseFallbacks();
};

/// The first that is given.
void setOnce(std::string &target, std::string &&value);

} // namespace chrona::formats
