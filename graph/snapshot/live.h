#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "graph/snapshot/state.h"
#include "graph/snapshot/state_reader.h"
#include "graph/store/store.h"
#include "graph/view.h"

namespace verbale::graph::snapshot {

/// The graph as it is read and written while it is open: the last committed state laid out for
/// walking, and the one writer. Read() from any thread; the others from one thread at a time. Keeps
/// the layout in the file `snapshot` of the graph's folder, where there is one.
class Live {
 public:
  /// Lays out what `store` has when it is first asked for. Borrows the store, which must outlive
  /// this and every View that came from it.
  static std::unique_ptr<Live> Open(store::Store& store);
  virtual ~Live() = default;

  /// The last committed state.
  virtual std::shared_ptr<const CommittedView> Read() const = 0;
  /// Error(kIo) while another transaction is open, or where the store is read-only. The
  /// transaction must end before this does. `author` is recorded with what it writes.
  virtual std::unique_ptr<Transaction> Begin(std::string author) = 0;
  /// Keeps transactions from beginning until Release, without being one: for who commits to the
  /// store itself. Errors as Begin.
  virtual void Hold() = 0;
  virtual void Release() noexcept = 0;
  /// Takes up what was committed to the store by others than transactions: after an ingest. Views
  /// that were handed out keep their state. No transaction may be open.
  virtual void Refresh() = 0;
  /// Lays out everything from the store when it is next asked for, and replaces the file.
  virtual void LayOutAnew() = 0;
  /// As Refresh, where the caller has laid out what the store has now.
  virtual void Adopt(GraphState state) = 0;
};

}  // namespace verbale::graph::snapshot
