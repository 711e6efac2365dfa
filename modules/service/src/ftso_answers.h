// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/bytes.h"
#include "chrona/ipc/messages.h"
#include "chrona/storage/connection.h"

/// What the database holds of the price oracle's rounds, as clients ask for it.
namespace chrona::service {

/// Whom a question about one provider is about; it cannot be about nobody.
[[nodiscard]] Result<ethereum::Address> providerAsked(const std::string &identity);

[[nodiscard]] Result<ipc::FtsoRoundsReply> ftsoRounds(storage::Connection &connection,
                                                      const ipc::FtsoRoundsQuery &query);
[[nodiscard]] Result<ipc::FtsoSubmissionsReply>
ftsoSubmissions(storage::Connection &connection, const ipc::FtsoSubmissionsQuery &query);
[[nodiscard]] Result<ipc::FtsoProvidersReply> ftsoProviders(storage::Connection &connection,
                                                            const ipc::FtsoProvidersQuery &query);
[[nodiscard]] Result<ipc::FtsoRewardsReply> ftsoRewards(storage::Connection &connection,
                                                        const ipc::FtsoRewardsQuery &query);
[[nodiscard]] Result<ipc::FtsoTransactionsReply>
ftsoTransactions(storage::Connection &connection, const ipc::FtsoTransactionsQuery &query);
[[nodiscard]] Result<ipc::FtsoEconomicsReply> ftsoEconomics(storage::Connection &connection,
                                                            const ipc::FtsoEconomicsQuery &query);
[[nodiscard]] Result<ipc::FtsoAccuracyReply> ftsoAccuracy(storage::Connection &connection,
                                                          const ipc::FtsoAccuracyQuery &query);
[[nodiscard]] Result<std::vector<ipc::FlareContract>>
flareContracts(storage::Connection &connection, const std::string &network);

} // namespace chrona::service
