// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/hash.h"
#include "chrona/base/time.h"
#include "chrona/schema/evidence.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::schema {

/// Something kept in an investigation. The hash is of the thing as it was when it was pinned, so
/// that a later change can be seen.
struct Pin {
    PinId id;
    Evidence target;
    Hash128 contentHash;
    Instant pinnedAt;
    std::string caption;
    float x = 0, y = 0; ///< on the board, in points
    std::uint32_t revision = 1;
    friend bool operator==(const Pin &, const Pin &) = default;
};

enum class NoteKind : std::uint8_t { Text, Hypothesis, Question };
[[nodiscard]] std::string_view toString(NoteKind kind);
[[nodiscard]] std::optional<NoteKind> noteKindFrom(std::string_view text);

enum class Bearing : std::uint8_t { For, Against, Neutral };
[[nodiscard]] std::string_view toString(Bearing bearing);

/// How a pin bears on a hypothesis.
struct Argument {
    PinId pin;
    Bearing bearing = Bearing::Neutral;
    float strength = 0.5F; ///< 0–1
    friend bool operator==(const Argument &, const Argument &) = default;
};

struct Note {
    NoteId id;
    NoteKind kind = NoteKind::Text;
    std::string text; ///< Markdown
    std::vector<Argument> arguments;
    float confidence = 0.5F; ///< of a hypothesis, 0–1
    Instant createdAt, updatedAt;
    float x = 0, y = 0;
    std::uint32_t revision = 1;
    friend bool operator==(const Note &, const Note &) = default;
};

enum class InvestigationState : std::uint8_t { Open, Closed, Archived };
[[nodiscard]] std::string_view toString(InvestigationState state);
[[nodiscard]] std::optional<InvestigationState> investigationStateFrom(std::string_view text);

/// A question with what was gathered about it. Items carry revisions of their own: a stale write is
/// refused, and merging is by item.
struct Investigation {
    InvestigationId id;
    std::string title;
    std::string question;
    InvestigationState state = InvestigationState::Open;
    Instant createdAt, updatedAt;
    std::optional<Instant> asOf; ///< what was not known then is left out
    std::vector<Pin> pins;
    std::vector<Note> notes;
    std::uint32_t revision = 1;
    friend bool operator==(const Investigation &, const Investigation &) = default;
};

/// Also that arguments name pins of the same investigation.
[[nodiscard]] Faults validate(const Investigation &investigation);
[[nodiscard]] Faults validate(const Pin &pin);
[[nodiscard]] Faults validate(const Note &note);

} // namespace chrona::schema
