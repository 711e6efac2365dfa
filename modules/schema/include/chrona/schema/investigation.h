// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/hash.h"
#include "chrona/base/time.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/geometry.h"
#include "chrona/schema/ids.h"
#include "chrona/schema/source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Investigations: what a person gathered about a question. Everything in one is an item of the
/// same flat shape, so that revisions, merging, undo and files know one kind of thing (ADR 0061).
namespace chrona::schema {

/// Random where a person makes the item, so that it is the same wherever it is merged.
using CaseItemId = Id<struct CaseItemTag>;

/// Numbers are stored: append only.
enum class CaseItemKind : std::uint8_t {
    Case,       ///< the investigation itself: title, question, tags; its id is the investigation's
    Pin,        ///< something of the world
    Note,       ///< a person's words
    Hypothesis, ///< a claim that may be right or wrong
    Link,       ///< how one item bears on another: a citation, evidence for or against
};
[[nodiscard]] std::string_view toString(CaseItemKind kind);
[[nodiscard]] std::optional<CaseItemKind> caseItemKindFrom(std::string_view text);

/// What is pinned. Numbers are stored: append only.
enum class PinKind : std::uint8_t { Event, Entity, Region, Topic, Signal, Window, Search, MapView };
[[nodiscard]] std::string_view toString(PinKind kind);
[[nodiscard]] std::optional<PinKind> pinKindFrom(std::string_view text);

struct PinTarget {
    PinKind kind = PinKind::Event;
    std::int64_t id = 0;               ///< Event, Entity, Signal
    std::string key;                   ///< "country:JP", a region's code, "topic:trade"
    std::string label;                 ///< as it was shown when it was pinned
    std::string query;                 ///< Search: its words
    std::optional<Instant> begin, end; ///< Window, Search, MapView: [begin, end)
    std::optional<GeoBox> box;         ///< MapView, Search
    std::uint32_t types = ~0U;         ///< Search, MapView: bit 1 << EventType
    friend bool operator==(const PinTarget &, const PinTarget &) = default;
};

/// How a pin bears on a note or a hypothesis. Neutral: it is cited.
enum class Bearing : std::uint8_t { For, Against, Neutral };
[[nodiscard]] std::string_view toString(Bearing bearing);
[[nodiscard]] std::optional<Bearing> bearingFrom(std::string_view text);

/// One thing in an investigation. Which fields count depends on the kind; the others keep their
/// defaults.
struct CaseItem {
    CaseItemId id;
    CaseItemKind kind = CaseItemKind::Note;
    std::string title;             ///< of the case, a hypothesis, a note; a pin's caption
    std::string text;              ///< plain, with line ends
    std::vector<std::string> tags; ///< sorted, each once
    PinTarget target;              ///< Pin
    CaseItemId from, to;           ///< Link: what bears, on what
    Bearing bearing = Bearing::Neutral;
    float strength = 0.5F;   ///< Link: 0–1
    float confidence = 0.5F; ///< Hypothesis: 0–1
    float x = 0, y = 0;      ///< on the board; 0, 0: where there is room
    Hash128 evidence;        ///< Pin: of the snapshot that was taken; null: none
    CaseItemId copyOf;       ///< another version of that item, kept when two did not merge
    bool removed = false;    ///< stays, so that a merge does not bring it back
    bool withheld = false;   ///< Pin, in files: its label and evidence may not leave their place
    Instant createdAt, changedAt;
    std::uint32_t revision = 0; ///< counted where it is stored; in an edit: what it was made from
    friend bool operator==(const CaseItem &, const CaseItem &) = default;
};

/// Of all that a person wrote in it: neither revision nor times.
[[nodiscard]] Hash128 contentHashOf(const CaseItem &item);
/// A link is known by its ends: drawn twice, it is one.
[[nodiscard]] CaseItemId linkIdFor(CaseItemId from, CaseItemId to);

/// A thing as it was when it was pinned, as JSON, with the terms under which it may be passed on.
struct CaseEvidence {
    Hash128 hash;        ///< of the content
    std::string content; ///< empty: withheld; then the rest still names it
    Instant takenAt;
    std::string source; ///< key
    std::string attribution;
    std::string licence;
    Redistribution redistribution = Redistribution::Forbidden;
    bool synthetic = false;
    friend bool operator==(const CaseEvidence &, const CaseEvidence &) = default;
};
[[nodiscard]] Hash128 evidenceHashOf(std::string_view content);

/// Numbers are stored: append only.
enum class StepAction : std::uint8_t { Added, Changed, Removed, Restored, Merged };
[[nodiscard]] std::string_view toString(StepAction action);

/// One line of the journal: what became of an item, and the hash of what it then said. The hashes
/// tell a merge which of two versions came from the other.
struct CaseStep {
    Instant at;
    CaseItemId item;
    CaseItemKind kind = CaseItemKind::Note;
    StepAction action = StepAction::Added;
    std::uint32_t revision = 1;
    Hash128 hash;
    std::string summary; ///< a few of its words
    friend bool operator==(const CaseStep &, const CaseStep &) = default;
};

enum class InvestigationState : std::uint8_t { Open, Archived };
[[nodiscard]] std::string_view toString(InvestigationState state);

struct Investigation {
    InvestigationId id;
    InvestigationState state = InvestigationState::Open;
    Instant createdAt, updatedAt;
    std::vector<CaseItem> items; ///< one of kind Case among them
    std::vector<CaseEvidence> evidence;
    std::vector<CaseStep> steps; ///< oldest first
    friend bool operator==(const Investigation &, const Investigation &) = default;
};
/// The item that says what the investigation is; nullptr where it is missing.
[[nodiscard]] const CaseItem *headOf(const Investigation &investigation);
/// A few words by which a person knows an item: its title, label, or the beginning of its text.
[[nodiscard]] std::string summaryOf(const CaseItem &item);

inline constexpr std::size_t kCaseItemsMax = 20'000;
inline constexpr std::size_t kCaseStepsMax = 100'000;
inline constexpr std::size_t kEvidenceBytesMax = 256'000; ///< of one thing

[[nodiscard]] Faults validate(const CaseItem &item);
[[nodiscard]] Faults validate(const CaseEvidence &evidence);
/// Also that it has one head, that no item comes twice, and that links lead from pin to item.
[[nodiscard]] Faults validate(const Investigation &investigation);

} // namespace chrona::schema
