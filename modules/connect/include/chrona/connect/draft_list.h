// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What every connector does on the way from a publisher's words to a draft. Pure but for
/// DraftList.
namespace chrona::connect {

/// A value of a series as its source states it.
struct StatedValue {
    Instant observedAt{};
    double value = 0; ///< NaN: the source says that there is none
    /// When the source said so; without it, the value counts as known from when we had it.
    std::optional<Instant> publishedAt{};
    /// Where the source states no time but its timetable is known: since when it was to be had.
    std::optional<Instant> assumedAt{};
};

/// Gathers what a connector makes of a payload. What the world model has a fault to find with
/// becomes a Rejected draft with the reason, so that a connector checks only what is its source's
/// own. One thread at a time.
class DraftList {
public:
    /// In front of its values. Each key once; the id is null when the series was refused.
    schema::SeriesId series(schema::Series series);
    /// Values of a refused series are left out: the series stands there as rejected.
    void observe(schema::SeriesId series, const StatedValue &stated);
    /// In front of its bars and quotes. The id is null when it was refused.
    schema::InstrumentId instrument(schema::Instrument instrument);
    void bar(schema::PriceBar bar);
    void quote(schema::Quote quote);
    void entity(schema::Entity entity);
    /// Judged by the events engine, which completes it.
    void event(schema::Event event);
    void reject(std::string sourceRef, std::string reason);

    [[nodiscard]] std::size_t size() const { return m_drafts.size(); }
    [[nodiscard]] std::vector<Draft> take() { return std::move(m_drafts); }

private:
    std::vector<Draft> m_drafts;
    std::set<schema::SeriesId> m_series, m_refusedSeries;
    std::set<schema::InstrumentId> m_instruments;
};

/// The event as a draft when it is sound, else why it cannot be one: what the store would refuse
/// later is refused here, beside the payload that it came from. An end before the beginning is
/// dropped.
[[nodiscard]] Draft checkedDraft(schema::Event event);
/// The same of an entity; its id is made from its key.
[[nodiscard]] Draft checkedDraft(schema::Entity entity);

/// "topic:earthquake" with its name; events link to it by role Topic.
[[nodiscard]] schema::Entity topicEntity(std::string_view slug, std::string_view name);

/// Sets an attribute that says something: an empty text or an absent number sets nothing. A text
/// longer than an attribute may be is cut.
void addText(schema::Attributes &attributes, std::string_view key, std::string_view text);
void addNumber(schema::Attributes &attributes, std::string_view key, std::optional<double> number);

/// The longest beginning of at most so many bytes that does not cut a character.
[[nodiscard]] std::string_view cutText(std::string_view text, std::size_t bytesMax);
/// The text where it is an address that a person can open, else nothing.
[[nodiscard]] std::string webAddress(std::string_view text);
/// A finite number that is the whole text, blanks around it aside.
[[nodiscard]] std::optional<double> numberFrom(std::string_view text);

} // namespace chrona::connect
