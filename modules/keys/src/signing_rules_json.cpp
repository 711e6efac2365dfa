// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/signing_rules.h"

#include "qt_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <format>

namespace chrona::keys {
namespace {

using namespace Qt::StringLiterals;
using ethereum::Uint256;

constexpr std::pair<MessageKind, std::string_view> kMessageWords[] = {
    {MessageKind::Round, "round"},
    {MessageKind::Registration, "registration"},
    {MessageKind::Policy, "policy"},
    {MessageKind::Uptime, "uptime"},
    {MessageKind::Rewards, "rewards"}};

Status readFixed(const QJsonArray &words, CallRule &rule)
{
    constexpr int kIndexMax = 63;
    for (const QJsonValue &each : words) {
        const int index = each["word"_L1].toInt(-1);
        const auto value = ethereum::parseBytes32(each["value"_L1].toString().toStdString());
        if (index < 0 || index > kIndexMax || !value)
            return fail(ErrorCode::InvalidInput,
                        "a fixed argument has a word from 0 to 63 and a value of 32 bytes");
        rule.fixed.push_back({static_cast<std::uint8_t>(index), *value});
    }
    return {};
}

Result<CallRule> callFrom(const QJsonObject &object)
{
    const auto contract = ethereum::parseAddress(object["contract"_L1].toString().toStdString());
    if (!contract)
        return std::unexpected(contract.error());
    const auto selector = ethereum::parseHex(object["selector"_L1].toString().toStdString());
    if (!selector || selector->size() != 4)
        return fail(ErrorCode::InvalidInput, "a selector is 0x and eight hex digits");
    CallRule rule;
    rule.contract = *contract;
    std::ranges::copy(*selector, rule.selector.begin());
    const int times = object["per_epoch"_L1].toInt(0);
    if (times < 1 || times > 1000)
        return fail(ErrorCode::InvalidInput, "per_epoch is a number from 1 to 1000");
    rule.perEpochMax = static_cast<std::uint32_t>(times);
    rule.label = object["label"_L1].toString().toStdString();
    // Something else in its place must not lift a restriction.
    if (object.contains("fixed"_L1) && !object["fixed"_L1].isArray())
        return fail(ErrorCode::InvalidInput, "fixed is a list of arguments");
    if (auto read = readFixed(object["fixed"_L1].toArray(), rule); !read)
        return std::unexpected(read.error());
    return rule;
}

Result<Uint256> amountFrom(const QJsonObject &object, QLatin1StringView name)
{
    const auto amount = Uint256::parse(object[name].toString().toStdString());
    if (!amount || amount->bitWidth() > 128)
        return fail(ErrorCode::InvalidInput,
                    std::format("{} is an amount of wei in decimal digits", name.data()));
    return amount;
}

Status readLists(const QJsonObject &object, SigningRules &rules)
{
    for (const QJsonValue &each : object["calls"_L1].toArray()) {
        auto rule = callFrom(each.toObject());
        if (!rule)
            return std::unexpected(rule.error());
        rules.calls.push_back(std::move(*rule));
    }
    for (const QJsonValue &each : object["messages"_L1].toArray()) {
        const std::string word = each.toString().toStdString();
        const auto kind = std::ranges::find(kMessageWords, std::string_view(word),
                                            [](const auto &entry) { return entry.second; });
        if (kind == std::end(kMessageWords))
            return fail(ErrorCode::InvalidInput, std::format("{} is no kind of message", word));
        rules.messages.push_back(kind->first);
    }
    return {};
}

} // namespace

std::string toJson(const SigningRules &rules)
{
    QJsonArray calls;
    for (const CallRule &rule : rules.calls) {
        QJsonObject call{{"contract"_L1, toQString(ethereum::toChecksummed(rule.contract))},
                         {"selector"_L1, toQString(ethereum::toHex(rule.selector))},
                         {"per_epoch"_L1, static_cast<int>(rule.perEpochMax)},
                         {"label"_L1, toQString(rule.label)}};
        QJsonArray fixed;
        for (const FixedWord &word : rule.fixed)
            fixed.append(QJsonObject{{"word"_L1, word.index},
                                     {"value"_L1, toQString(ethereum::toHex(word.value))}});
        if (!fixed.isEmpty())
            call.insert("fixed"_L1, fixed);
        calls.append(call);
    }
    QJsonArray messages;
    for (const auto &[kind, word] : kMessageWords)
        if (std::ranges::contains(rules.messages, kind))
            messages.append(toQString(word));
    const QJsonObject object{
        {"network"_L1, toQString(rules.network)},
        {"calls"_L1, calls},
        {"messages"_L1, messages},
        {"value_max_wei"_L1, toQString(rules.valueMax.toString())},
        {"fee_max_wei"_L1, toQString(rules.feeMax.toString())},
        {"fee_per_epoch_max_wei"_L1, toQString(rules.feePerEpochMax.toString())},
        {"data_bytes_max"_L1, static_cast<qint64>(rules.dataBytesMax)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

Result<SigningRules> rulesFromJson(std::string_view text)
{
    const QJsonDocument document = QJsonDocument::fromJson(
        QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())));
    if (!document.isObject())
        return fail(ErrorCode::InvalidInput, "the rules are no JSON object");
    const QJsonObject object = document.object();
    SigningRules rules;
    rules.network = object["network"_L1].toString().toStdString();
    if (chainOf(rules) == 0)
        return fail(ErrorCode::InvalidInput, "network is flare, songbird, coston2 or coston");
    const qint64 data = object["data_bytes_max"_L1].toInteger(0);
    if (data < 4 || data > (64 << 10))
        return fail(ErrorCode::InvalidInput, "data_bytes_max is a number from 4 to 65536");
    rules.dataBytesMax = static_cast<std::uint64_t>(data);
    const std::pair<QLatin1StringView, Uint256 *> amounts[] = {
        {"value_max_wei"_L1, &rules.valueMax},
        {"fee_max_wei"_L1, &rules.feeMax},
        {"fee_per_epoch_max_wei"_L1, &rules.feePerEpochMax}};
    for (const auto &[name, target] : amounts) {
        const auto amount = amountFrom(object, name);
        if (!amount)
            return std::unexpected(amount.error());
        *target = *amount;
    }
    if (auto read = readLists(object, rules); !read)
        return std::unexpected(read.error());
    return rules;
}

} // namespace chrona::keys
