// SPDX-License-Identifier: AGPL-3.0-or-later
#include "message_codec.h"

// The oracle, and a network's price oracle on chain.
namespace chrona::ipc {

CHRONA_MESSAGE(OracleStatusRequest)
CHRONA_MESSAGE(OracleFeedsRequest)
CHRONA_MESSAGE(OracleVenuesRequest)
CHRONA_MESSAGE(OracleExplain)
CHRONA_MESSAGE(OracleAlertsRequest)
CHRONA_MESSAGE(OracleMute)
CHRONA_MESSAGE(OracleChanged)
CHRONA_MESSAGE(OracleStatus)
CHRONA_MESSAGE(OracleFeedsReply)
CHRONA_MESSAGE(OracleVenuesReply)
CHRONA_MESSAGE(OracleExplainReply)
CHRONA_MESSAGE(OracleAlertsReply)
CHRONA_MESSAGE(FlareStatusRequest)
CHRONA_MESSAGE(FlareStart)
CHRONA_MESSAGE(FlareStop)
CHRONA_MESSAGE(FtsoRoundsQuery)
CHRONA_MESSAGE(FtsoSubmissionsQuery)
CHRONA_MESSAGE(FtsoProvidersQuery)
CHRONA_MESSAGE(FtsoRewardsQuery)
CHRONA_MESSAGE(FtsoTransactionsQuery)
CHRONA_MESSAGE(FlareStatusReply)
CHRONA_MESSAGE(FtsoRoundsReply)
CHRONA_MESSAGE(FtsoSubmissionsReply)
CHRONA_MESSAGE(FtsoProvidersReply)
CHRONA_MESSAGE(FtsoRewardsReply)
CHRONA_MESSAGE(FtsoTransactionsReply)
CHRONA_MESSAGE(FlareProvideStatusRequest)
CHRONA_MESSAGE(FlareProvide)
CHRONA_MESSAGE(FlareAction)
CHRONA_MESSAGE(FlareSendSigned)
CHRONA_MESSAGE(FtsoEconomicsQuery)
CHRONA_MESSAGE(FlareProvideStatus)
CHRONA_MESSAGE(FlareActionReply)
CHRONA_MESSAGE(FtsoEconomicsReply)

} // namespace chrona::ipc
