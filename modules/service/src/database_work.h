// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "database.h"
#include "workers.h"

#include "chrona/ipc/call.h"

#include <stop_token>
#include <utility>

namespace chrona::service {

/// Gives `work` the pool on a worker thread when the database is ready, or tells the client why
/// not.
template <class Request, class Work>
void withPool(Database &database, Workers &workers, Workers::Kind kind,
              ipc::Responder<Request> responder, Work work)
{
    database.whenReady([&workers, kind, responder = std::move(responder), work = std::move(work)](
                           Result<std::shared_ptr<storage::Pool>> pool) mutable {
        if (!pool)
            return responder.fail(pool.error());
        workers.run(kind, [pool = std::move(*pool), responder = std::move(responder),
                           work = std::move(work)]() mutable { work(*pool, responder); });
    });
}

/// Answers a question to the database: `ask(connection)` gives the reply. When the client cancels
/// or goes away, the server is told to break the statement off.
template <class Request, class Ask>
void answerFrom(Database &database, Workers &workers, ipc::Responder<Request> responder, Ask ask)
{
    withPool(database, workers, Workers::Kind::Query, std::move(responder),
             [ask = std::move(ask)](storage::Pool &pool, const ipc::Responder<Request> &to) {
                 auto lease = pool.take(to.stopToken());
                 if (!lease)
                     return to.fail(lease.error());
                 const storage::BreakOff breakOff(**lease, to.stopToken());
                 if constexpr (ipc::HasColumns<Request>) {
                     auto columns = ask(**lease);
                     if (!columns)
                         return to.fail(columns.error());
                     const std::uint64_t rows = ipc::rowCount(*columns);
                     using Columns = typename Request::Columns;
                     to.reply({.rows = rows}, std::make_shared<const Columns>(std::move(*columns)));
                 } else {
                     to.finish(ask(**lease));
                 }
             });
}

} // namespace chrona::service
