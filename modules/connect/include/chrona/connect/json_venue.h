// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/venue.h"
#include "chrona/connect/venue_rows.h"
#include "chrona/connect/venue_verdict.h"

#include <optional>
#include <span>

namespace chrona::connect {

/// What all venues have in common: JSON, error bodies, one place that judges. A venue adds its
/// tables of names and what its messages are called.
class JsonVenue : public Venue {
public:
    [[nodiscard]] Reading readReply(const HttpReply &reply) const final;
    [[nodiscard]] Reading readFrame(std::string_view frame, Session &session) const override;
    [[nodiscard]] std::string keepAlive(std::int64_t nowMs) const override;

protected:
    /// What the body says is wrong; nullopt for an answer that has data.
    [[nodiscard]] virtual std::optional<ApiError> errorOf(JsonRef root) const = 0;
    [[nodiscard]] virtual std::span<const ErrorRule> errorRules() const = 0;
    virtual void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const = 0;
    virtual void readMessage(JsonRef root, Session &session, ReadingBuilder &out) const = 0;
    [[nodiscard]] Reading readJsonFrame(std::string_view json, Session &session) const;

    [[nodiscard]] static Book bookOf(Market market, BookAction action);
    /// Rejects the whole reply or frame: it is not of the kind that was asked for.
    static void unexpected(ReadingBuilder &out);
};

} // namespace chrona::connect
