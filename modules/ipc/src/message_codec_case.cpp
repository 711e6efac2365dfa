// SPDX-License-Identifier: AGPL-3.0-or-later
#include "message_codec.h"

// The graph and investigations.
namespace chrona::ipc {

CHRONA_MESSAGE(GraphNeighboursRequest)
CHRONA_MESSAGE(GraphPathsRequest)
CHRONA_MESSAGE(GraphOverviewRequest)
CHRONA_MESSAGE(GraphCountsRequest)
CHRONA_MESSAGE(GraphEventsRequest)
CHRONA_MESSAGE(GraphTouchedRequest)
CHRONA_MESSAGE(GraphReply)
CHRONA_MESSAGE(GraphCountsReply)
CHRONA_MESSAGE(GraphEventsReply)
CHRONA_MESSAGE(GraphTouchedReply)
CHRONA_MESSAGE(CasesRequest)
CHRONA_MESSAGE(CaseOpen)
CHRONA_MESSAGE(CaseEdit)
CHRONA_MESSAGE(CaseArchive)
CHRONA_MESSAGE(CaseImport)
CHRONA_MESSAGE(CaseSnapshot)
CHRONA_MESSAGE(CaseBriefRequest)
CHRONA_MESSAGE(CaseChanged)
CHRONA_MESSAGE(CasesReply)
CHRONA_MESSAGE(CaseReply)
CHRONA_MESSAGE(CaseEditReply)
CHRONA_MESSAGE(CaseImportReply)
CHRONA_MESSAGE(schema::CaseItem)
CHRONA_MESSAGE(schema::CaseEvidence)
CHRONA_MESSAGE(schema::CaseStep)

} // namespace chrona::ipc
