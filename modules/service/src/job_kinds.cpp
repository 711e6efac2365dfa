// SPDX-License-Identifier: AGPL-3.0-or-later
#include "job_kinds.h"

#include "brief_pipeline.h"
#include "brief_words.h"
#include "cluster_pipeline.h"
#include "discovery_pipeline.h"
#include "enrichment_desk.h"
#include "feature_pipeline.h"
#include "learned_topics.h"
#include "maintenance.h"

#include <algorithm>
#include <iterator>

namespace chrona::service {

std::vector<JobRunner::Kind> jobKinds(const Settings &settings)
{
    std::vector<JobRunner::Kind> kinds = briefingKinds(settings);
    for (const auto kindsOf : {maintenanceKinds, featureKinds})
        std::ranges::move(kindsOf(), std::back_inserter(kinds));
    for (const auto kindsOf : {discoveryKinds, clusterKinds})
        std::ranges::move(kindsOf(settings), std::back_inserter(kinds));
    kinds.push_back(learningKind());
    kinds.push_back(wordsKind(settings));
    return kinds;
}

Status scheduleJobs(storage::Connection &connection, const Settings &settings, Instant now)
{
    for (const auto schedule : {scheduleMaintenance, scheduleFeatures, scheduleDiscovery,
                                scheduleClusters, scheduleLearning, scheduleEnrichment})
        if (auto done = schedule(connection, now); !done)
            return done;
    return scheduleBriefings(connection, settings, now);
}

} // namespace chrona::service
