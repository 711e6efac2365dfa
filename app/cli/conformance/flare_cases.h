// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "conformance.h"

#include <map>
#include <string>

namespace chrona::conformance {

using CaseCheck = QString (*)(const QJsonObject &);
/// A file is checked by all that were added for it, group by group; group empty: the cases
/// themselves.
void addCases(std::map<std::string, Checker> &checkers, const std::string &file,
              const QString &group, CaseCheck check);

/// Encodings of Ethereum: hashes, ABI, RLP, transactions, signatures, trees.
void addEthereumCheckers(std::map<std::string, Checker> &checkers);
/// FTSO: feeds, messages, medians, policies, rounds.
void addProtocolCheckers(std::map<std::string, Checker> &checkers);
/// FTSO: bands, splits, penalties, claims.
void addRewardCheckers(std::map<std::string, Checker> &checkers);

} // namespace chrona::conformance
