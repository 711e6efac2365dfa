// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/bytes.h"
#include "chrona/ethereum/signing.h"
#include "chrona/ethereum/uint256.h"
#include "chrona/ftso/feeds.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

/// Reading values out of case files. A malformed case must fail and not crash: what cannot be read
/// becomes a value that no expectation equals, or makes the check throw CaseError.
namespace chrona::conformance {

struct CaseError {
    QString what;
};

/// Runs a check and turns a CaseError into its verdict.
template <class Body> QString verdict(Body body)
{
    try {
        return body();
    } catch (const CaseError &error) {
        return error.what;
    }
}

[[nodiscard]] QJsonValue member(const QJsonObject &object, const char *name);
[[nodiscard]] std::string textOf(const QJsonValue &value);
[[nodiscard]] ethereum::Bytes bytesOf(const QJsonValue &value);
[[nodiscard]] ethereum::Bytes32 wordOf(const QJsonValue &value);
[[nodiscard]] ethereum::Address addressOf(const QJsonValue &value);
[[nodiscard]] ethereum::Uint256 numberOf(const QJsonValue &value); ///< decimal text or JSON number
[[nodiscard]] std::uint64_t smallOf(const QJsonValue &value);
[[nodiscard]] ftso::FeedId feedIdOf(const QJsonValue &value);
[[nodiscard]] ftso::FeedValue feedValueOf(const QJsonValue &value);
[[nodiscard]] ethereum::PrivateKey keyOf(const QJsonValue &value);
[[nodiscard]] ethereum::Signature signatureOf(const QJsonObject &object); ///< v, r, s

/// Nothing when equal, else both.
[[nodiscard]] QString compare(const char *what, const std::string &got, const std::string &want);
[[nodiscard]] QString compare(const char *what, ethereum::ByteView got, const QJsonValue &want);
[[nodiscard]] QString compare(const char *what, const ethereum::Uint256 &got,
                              const QJsonValue &want);

/// The first verdict that is not empty.
[[nodiscard]] QString firstOf(std::initializer_list<QString> verdicts);

template <class T> T unwrap(Result<T> result)
{
    if (!result)
        throw CaseError{QString::fromStdString(result.error().what)};
    return std::move(*result);
}

} // namespace chrona::conformance
