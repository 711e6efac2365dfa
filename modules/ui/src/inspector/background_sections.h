// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "inspector/event_background.h"
#include "inspector/fact_sections.h"
#include "text/time_text.h"

namespace chrona::ui {

/// The sections below an event's own facts. Each adds nothing where there is nothing to say, but
/// for what a reader would miss: prices and what was fetched say why they are not there.
struct BackgroundSections {
    workspace::Session &session;
    const Theme &theme;
    const TimeText &times;
    const EventBackground &background;

    void addMarket(FactColumn &column) const;
    void addStories(FactColumn &column) const;
    void addSignals(FactColumn &column, std::function<void(qint64)> open) const;
    void addSimilar(FactColumn &column) const;
    void addHistory(FactColumn &column) const;
    void addExcerpt(FactColumn &column) const;
};

} // namespace chrona::ui
