// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/boundary.h"
#include "chrona/schema/briefing.h"
#include "chrona/schema/cluster.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/event.h"
#include "chrona/schema/feature.h"
#include "chrona/schema/investigation.h"
#include "chrona/schema/oracle.h"
#include "chrona/schema/oracle_round.h"
#include "chrona/schema/series.h"
#include "chrona/schema/signal.h"
#include "chrona/schema/source.h"
#include "chrona/schema/watchlist.h"

/// One value of each type without a fault and with every part filled in.
namespace sound {

chrona::schema::FactTimes times();
chrona::schema::Entity entity();
chrona::schema::Event event();
chrona::schema::Source source();
chrona::schema::Instrument instrument();
chrona::schema::PriceBar bar();
chrona::schema::Series series();
chrona::schema::Observation observation();
chrona::schema::Place place();
chrona::schema::Boundary boundary();
chrona::schema::Cluster cluster();
chrona::schema::Relation relation();
chrona::schema::Feature feature();
chrona::schema::FeatureValue featureValue();
chrona::schema::Signal signal();
chrona::schema::Watchlist watchlist();
chrona::schema::Exposure exposure();
chrona::schema::Quote quote();
chrona::schema::Consensus consensus();
chrona::schema::Round round();
chrona::schema::Submission submission();
chrona::schema::Reward reward();
chrona::schema::Delegation delegation();
chrona::schema::Briefing briefing();
chrona::schema::HourlyUpdate hourlyUpdate();
chrona::schema::Investigation investigation();

} // namespace sound
