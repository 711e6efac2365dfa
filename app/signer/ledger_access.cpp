// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ledger_access.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <format>
#include <fstream>
#include <iterator>

namespace chrona::app {
namespace {

struct Exported {
    ethereum::Transaction transaction;
    ethereum::Address from{};
};

Result<Exported> readExported(const std::filesystem::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream)
        return fail(ErrorCode::NotFound, std::format("cannot read {}", file.string()));
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
    const auto payload =
        ethereum::parseHex(object.value(QLatin1StringView("unsigned")).toString().toStdString());
    const auto from =
        ethereum::parseAddress(object.value(QLatin1StringView("from")).toString().toStdString());
    if (!payload || !from)
        return fail(ErrorCode::InvalidInput, "the file has no transaction to be signed",
                    "write one with chronactl flare … --export FILE");
    auto transaction = ethereum::decodeUnsigned(*payload);
    if (!transaction)
        return std::unexpected(transaction.error());
    return Exported{std::move(*transaction), *from};
}

} // namespace

Result<ethereum::Address> ledgerAddress(keys::LedgerTransport &transport, const std::string &path)
{
    const auto steps = keys::KeyPath::parse(path);
    if (!steps)
        return std::unexpected(steps.error());
    return keys::Ledger(transport).address(*steps, keys::Confirmation::OnDevice);
}

Result<ethereum::SignedTransaction> ledgerSign(keys::LedgerTransport &transport,
                                               const std::string &path,
                                               const std::filesystem::path &exported)
{
    const auto steps = keys::KeyPath::parse(path);
    const auto wanted = readExported(exported);
    if (!steps || !wanted)
        return std::unexpected(!steps ? steps.error() : wanted.error());
    keys::Ledger ledger(transport);
    const auto address = ledger.address(*steps, keys::Confirmation::None);
    if (!address)
        return std::unexpected(address.error());
    if (*address != wanted->from)
        return fail(ErrorCode::Denied,
                    std::format("the device holds {}, the transaction is of {}",
                                ethereum::toChecksummed(*address),
                                ethereum::toChecksummed(wanted->from)),
                    "choose its path with --path");
    return ledger.sign(*steps, wanted->transaction, *address);
}

} // namespace chrona::app
