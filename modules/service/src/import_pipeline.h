// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/call.h"

#include <functional>

namespace chrona::storage {
class Pool;
}

namespace chrona::service {

class EventStream;

/// A file that a client uploads → readers of formats → batches in the database → the event stream.
///
/// Blocks until the upload ends, so call it on a worker for long work. Each batch is committed by
/// itself and told to the client ("import.stored"): those rows survive whatever comes. Running the
/// import again after a cancel or a crash completes it, because what is stored counts as duplicate.
///
/// worldChanged is called after each batch, before the client is told of it.
[[nodiscard]] Result<ipc::ImportReport>
runImport(const ipc::ImportBegin &begin, const ipc::Responder<ipc::ImportBegin> &responder,
          storage::Pool &pool, EventStream &stream, const std::function<void()> &worldChanged);

} // namespace chrona::service
