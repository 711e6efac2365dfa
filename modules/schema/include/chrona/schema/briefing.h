// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/availability.h"
#include "chrona/schema/briefing_blocks.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/ids.h"
#include "chrona/schema/source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Briefings as data: what is said, on what it rests, and the numbers behind each table and chart.
/// `report` makes a page of it, the workstation makes each sentence clickable.
namespace chrona::schema {

/// Numbers are stored: append only.
enum class SectionKind : std::uint8_t {
    Headline,
    Overnight,
    Markets,
    Events,
    Signals,
    Macro,
    Calendar,
    Watchlist,
    Oracle,
    DataHealth,
    Sources,
    Causes,
    Episodes,
    Changes,
    Notes, ///< what a reader wrote beside it before passing it on
};
[[nodiscard]] std::string_view toString(SectionKind kind);
[[nodiscard]] std::optional<SectionKind> sectionKindFrom(std::string_view text);

struct Section {
    SectionKind kind = SectionKind::Events;
    std::string heading;
    std::vector<Block> blocks;
    friend bool operator==(const Section &, const Section &) = default;
};

/// Where a piece of evidence can be read, under the number that the page prints.
struct Citation {
    std::uint32_t number = 0; ///< counted from 1 in the order of first mention
    EvidenceKind kind = EvidenceKind::Event;
    std::int64_t id = 0;
    std::string label;
    SourceId source; ///< null: computed here
    std::string sourceName;
    std::string publisherFamily;
    std::string url; ///< http or https; empty: nowhere to read it
    std::optional<Instant> publishedAt;
    AvailabilityBasis basis = AvailabilityBasis::Measured;
    /// Forbidden: whatever rests on it is left out of every export.
    Redistribution redistribution = Redistribution::Forbidden;
    friend bool operator==(const Citation &, const Citation &) = default;
};

/// The morning note of one day. The same inputs make the same document.
struct Briefing {
    Date day;
    Instant coversFrom, coversUntil; ///< [from, until)
    Instant knownAt;                 ///< nothing that came later was used
    Instant generatedAt;
    std::string title;
    std::vector<Section> sections;
    std::vector<SourceId> sources;         ///< all that it rests on
    std::vector<std::string> attributions; ///< texts that their terms ask for
    std::uint32_t revision = 1;
    bool synthetic = false;
    std::vector<Citation> citations{}; ///< of every piece of evidence, where there are any
    /// The language model whose words some statements bear (Statement::given); empty: none do.
    std::string wordsBy{};
    friend bool operator==(const Briefing &, const Briefing &) = default;
};

enum class ChangeKind : std::uint8_t { New, Escalated, Eased, Corrected, Retracted, Ended };
[[nodiscard]] std::string_view toString(ChangeKind kind);

struct Change {
    ChangeKind kind = ChangeKind::New;
    Statement statement;
    float relevance = 0; ///< 0–1
    friend bool operator==(const Change &, const Change &) = default;
};

/// What one hour changed. An hour without changes is an update too.
struct HourlyUpdate {
    Instant hour; ///< its begin
    Instant knownAt;
    std::vector<Change> changes; ///< most relevant first
    std::vector<Statement> dataHealth;
    bool synthetic = false;
    std::vector<Statement> alerts{}; ///< announced in the hour, newest first
    friend bool operator==(const HourlyUpdate &, const HourlyUpdate &) = default;
};

/// As it was before a language model said it in other words.
[[nodiscard]] Briefing withoutModelWords(Briefing briefing);

[[nodiscard]] Faults validate(const Briefing &briefing);
[[nodiscard]] Faults validate(const HourlyUpdate &update);

} // namespace chrona::schema
