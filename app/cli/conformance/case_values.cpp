// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case_values.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::conformance {

QJsonValue member(const QJsonObject &object, const char *name)
{
    const auto found = object.constFind(QLatin1StringView(name));
    if (found == object.constEnd())
        throw CaseError{QStringLiteral("the case has no '%1'").arg(QLatin1StringView(name))};
    return *found;
}

std::string textOf(const QJsonValue &value)
{
    return value.toString().toStdString();
}

ethereum::Bytes bytesOf(const QJsonValue &value)
{
    return unwrap(ethereum::parseHex(textOf(value)));
}

ethereum::Bytes32 wordOf(const QJsonValue &value)
{
    return unwrap(ethereum::parseBytes32(textOf(value)));
}

ethereum::Address addressOf(const QJsonValue &value)
{
    return unwrap(ethereum::parseAddress(textOf(value)));
}

ethereum::Uint256 numberOf(const QJsonValue &value)
{
    if (value.isString())
        return unwrap(ethereum::Uint256::parse(textOf(value)));
    if (!value.isDouble() || value.toDouble() < 0 || value.toDouble() > 9007199254740992.0)
        throw CaseError{QStringLiteral("not a whole number")};
    return {static_cast<std::uint64_t>(value.toDouble())};
}

std::uint64_t smallOf(const QJsonValue &value)
{
    const auto number = numberOf(value).toUint64();
    if (!number)
        throw CaseError{QStringLiteral("the number is too large")};
    return *number;
}

ftso::FeedId feedIdOf(const QJsonValue &value)
{
    const ethereum::Bytes bytes = bytesOf(value);
    ftso::FeedId id{};
    if (bytes.size() != id.size())
        throw CaseError{QStringLiteral("not a feed id")};
    std::ranges::copy(bytes, id.begin());
    return id;
}

ftso::FeedValue feedValueOf(const QJsonValue &value)
{
    if (value.isNull())
        return std::nullopt;
    return static_cast<std::int32_t>(value.toDouble());
}

ethereum::PrivateKey keyOf(const QJsonValue &value)
{
    return unwrap(ethereum::PrivateKey::fromBytes(wordOf(value)));
}

ethereum::Signature signatureOf(const QJsonObject &object)
{
    ethereum::Signature signature;
    signature.r = wordOf(member(object, "r"));
    signature.s = wordOf(member(object, "s"));
    signature.recoveryId = static_cast<std::uint8_t>(smallOf(member(object, "v")) - 27);
    return signature;
}

QString compare(const char *what, const std::string &got, const std::string &want)
{
    if (got == want)
        return {};
    return QString::fromStdString(std::format("{} is {}, expected {}", what, got.substr(0, 200),
                                              want.substr(0, 200)));
}

QString compare(const char *what, ethereum::ByteView got, const QJsonValue &want)
{
    // Case does not matter in hex; a checksum is compared as text.
    return compare(what, ethereum::toHex(got), want.toString().toLower().toStdString());
}

QString compare(const char *what, const ethereum::Uint256 &got, const QJsonValue &want)
{
    return compare(what, got.toString(), numberOf(want).toString());
}

QString firstOf(std::initializer_list<QString> verdicts)
{
    for (const QString &text : verdicts)
        if (!text.isEmpty())
            return text;
    return {};
}

} // namespace chrona::conformance
