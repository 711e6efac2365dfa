// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"
#include "chrona/formats/xml.h"

#include <string_view>

namespace chrona::gdacs {

/// One <item> as an event draft, or why it cannot be one.
[[nodiscard]] connect::Draft readDisaster(const formats::XmlElement &item);

/// The topic that every disaster is linked to.
[[nodiscard]] schema::Entity disasterTopic();

/// Green 0.25, Orange 0.6, Red 0.95; anything else 0.
[[nodiscard]] float severityOf(std::string_view alertLevel);

} // namespace chrona::gdacs
