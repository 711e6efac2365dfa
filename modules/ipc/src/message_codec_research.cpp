// SPDX-License-Identifier: AGPL-3.0-or-later
#include "message_codec.h"

// Features, signals, stories, corrections, briefings, watchlists.
namespace chrona::ipc {

CHRONA_MESSAGE(FeatureQuery)
CHRONA_MESSAGE(FeatureValueQuery)
CHRONA_MESSAGE(SignalQuery)
CHRONA_MESSAGE(RefusedQuery)
CHRONA_MESSAGE(JobStart)
CHRONA_MESSAGE(ClusterQuery)
CHRONA_MESSAGE(FeatureQueryReply)
CHRONA_MESSAGE(SignalQueryReply)
CHRONA_MESSAGE(RefusedQueryReply)
CHRONA_MESSAGE(JobStarted)
CHRONA_MESSAGE(ClusterQueryReply)
CHRONA_MESSAGE(CorrectionSave)
CHRONA_MESSAGE(CorrectionsRequest)
CHRONA_MESSAGE(SimilarQuery)
CHRONA_MESSAGE(CorrectionReply)
CHRONA_MESSAGE(CorrectionsReply)
CHRONA_MESSAGE(SimilarReply)
CHRONA_MESSAGE(BriefingRequest)
CHRONA_MESSAGE(BriefingsRequest)
CHRONA_MESSAGE(HourlyRequest)
CHRONA_MESSAGE(WatchlistsRequest)
CHRONA_MESSAGE(WatchlistSave)
CHRONA_MESSAGE(WatchlistRemove)
CHRONA_MESSAGE(ExposuresRequest)
CHRONA_MESSAGE(ExposureSave)
CHRONA_MESSAGE(ExposureRemove)
CHRONA_MESSAGE(BriefingRun)
CHRONA_MESSAGE(BriefingChanged)
CHRONA_MESSAGE(BriefingReply)
CHRONA_MESSAGE(BriefingsReply)
CHRONA_MESSAGE(HourlyReply)
CHRONA_MESSAGE(WatchlistsReply)
CHRONA_MESSAGE(ExposuresReply)
CHRONA_MESSAGE(BriefingRunReply)

} // namespace chrona::ipc
