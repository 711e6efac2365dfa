// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_collectors.h"

#include "service_link.h"
#include "words.h"

#include "chrona/formats/json_writer.h"
#include "chrona/ipc/messages_oracle_collectors.h"

#include <QFile>

#include <array>
#include <format>

namespace chrona::cli {
namespace {

constexpr qint64 kPairingLineMax = 16 << 10;

std::string_view stateWord(ipc::OracleCollectorState state)
{
    constexpr std::array<std::string_view, 3> kWords{"connecting", "connected", "refused"};
    return kWords[static_cast<std::size_t>(state)];
}

std::string collectorsAsJson(const ipc::OracleCollectorsReply &reply)
{
    std::string document;
    formats::JsonWriter json(document);
    json.beginArray();
    for (const ipc::OracleCollectorEntry &each : reply.collectors)
        json.beginObject()
            .member("name", each.name)
            .member("address", each.address)
            .member("state", stateWord(each.state))
            .member("since", formatInstant(each.since))
            .member("version", each.version)
            .member("round_trip_ms", each.roundTripMs)
            .member("clock_offset_ms", each.clockOffsetMs)
            .member("rows", each.rows)
            .member("late_rows", each.lateRows)
            .member("lost_rows", each.lostRows)
            .member("venues_used", each.venuesUsed)
            .member("venues_heard", each.venuesHeard)
            .member("detail", each.detail)
            .endObject();
    json.endArray();
    return document;
}

void printCollectors(std::ostream &out, const ipc::OracleCollectorsReply &reply)
{
    Table table({{"COLLECTOR"},
                 {"ADDRESS"},
                 {"STATE"},
                 {"WAY MS", Table::Align::Right},
                 {"CLOCK MS", Table::Align::Right},
                 {"ROWS", Table::Align::Right},
                 {"LATE", Table::Align::Right},
                 {"LOST", Table::Align::Right},
                 {"VENUES", Table::Align::Right},
                 {"LAST TROUBLE"}});
    for (const ipc::OracleCollectorEntry &each : reply.collectors)
        table.add({each.name, each.address, std::string(stateWord(each.state)),
                   std::format("{:.1f}", each.roundTripMs),
                   std::format("{:+.1f}", each.clockOffsetMs), std::to_string(each.rows),
                   std::to_string(each.lateRows), std::to_string(each.lostRows),
                   std::format("{}/{}", each.venuesUsed, each.venuesHeard),
                   each.detail.substr(0, 60)});
    table.print(out);
}

/// The pairing is a secret: it comes in by a file or stdin, where no list of processes shows it.
Result<std::string> readPairingLine(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    const bool isOpen =
        path == "-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return fail(ErrorCode::NotFound, std::format("{} cannot be read", path));
    return file.readLine(kPairingLineMax).trimmed().toStdString();
}

template <class Request> ExitCode order(Invocation &invocation, const Request &request)
{
    const auto reply = askService(invocation, request);
    return reply ? ExitCode::Done : reply.error();
}

} // namespace

ExitCode runOracleCollectors(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    if (words.size() == 4 && words[1] == "add") {
        const auto pairing = readPairingLine(invocation.arguments.value("pairing").value_or("-"));
        if (!pairing)
            return invocation.failed(pairing.error());
        return order(invocation, ipc::OracleCollectorAdd{
                                     .name = words[2], .address = words[3], .pairing = *pairing});
    }
    if (words.size() == 3 && words[1] == "remove")
        return order(invocation, ipc::OracleCollectorRemove{.name = words[2]});
    if (words.size() != 1)
        return invocation.usage("collectors, collectors add NAME HOST:PORT or collectors remove "
                                "NAME");
    const auto reply = askService(invocation, ipc::OracleCollectorsRequest{});
    if (!reply)
        return reply.error();
    if (invocation.asJson)
        invocation.out() << collectorsAsJson(*reply) << "\n";
    else
        printCollectors(invocation.out(), *reply);
    return ExitCode::Done;
}

} // namespace chrona::cli
