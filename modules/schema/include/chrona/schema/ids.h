// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/ids.h"

namespace chrona::schema {

using EventId = Id<struct EventTag>;
using EntityId = Id<struct EntityTag>;
using SourceId = Id<struct SourceTag>;
using ClusterId = Id<struct ClusterTag>;
using PlaceId = Id<struct PlaceTag>;
using BoundaryId = Id<struct BoundaryTag>;
using MapAreaId = Id<struct MapAreaTag>;
using InstrumentId = Id<struct InstrumentTag>;
using SeriesId = Id<struct SeriesTag>;
using FeatureId = Id<struct FeatureTag>;
using DiscoveryRunId = Id<struct DiscoveryRunTag>;
using SignalId = Id<struct SignalTag>;
using AlertId = Id<struct AlertTag>;
using AlertRuleId = Id<struct AlertRuleTag>;
using WatchlistId = Id<struct WatchlistTag>;
using InvestigationId = Id<struct InvestigationTag>;
using JobId = Id<struct JobTag>;

} // namespace chrona::schema
