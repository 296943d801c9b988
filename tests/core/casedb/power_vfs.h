#pragma once

#include <sqlite3.h>

#include <new>
#include <string>

#include "tests/core/casedb/power_loss.h"

namespace attest::casedb::test {

/// SQLite's way to the disk of PowerLoss: the machine's own VFS does the work, and the disk is told of every
/// write.
class PowerVfs {
 public:
  PowerVfs(PowerLoss& power, std::string name) : power_(power), name_(std::move(name)) {
    vfs_ = *real();
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + real()->szOsFile;
    vfs_.zName = name_.c_str();
    vfs_.pAppData = this;
    vfs_.xOpen = open;
    vfs_.xDelete = remove;
    sqlite3_vfs_register(&vfs_, 0);
  }
  ~PowerVfs() { sqlite3_vfs_unregister(&vfs_); }
  PowerVfs(const PowerVfs&) = delete;
  PowerVfs& operator=(const PowerVfs&) = delete;

 private:
  /// What SQLite holds; the real file lies behind it in the same memory.
  struct File {
    sqlite3_file base;
    PowerLoss* power;
    fs::path* path;
    bool isNewJournal;  ///< as SQLite's own VFS: the first sync of a new journal or log syncs the folder too
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    const sqlite3_io_methods& does() { return *real()->pMethods; }
  };

  static sqlite3_vfs* real() { return sqlite3_vfs_find("unix"); }
  static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
  static PowerLoss& powerOf(sqlite3_vfs* vfs) { return static_cast<PowerVfs*>(vfs->pAppData)->power_; }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* handle, int flags, int* outFlags) {
    handle->pMethods = nullptr;
    PowerLoss& power = powerOf(vfs);
    if (!power.on()) return SQLITE_CANTOPEN;
    File& file = of(handle);
    const bool isNew = name != nullptr && !fs::exists(name);
    const int code = real()->xOpen(real(), name, file.real(), flags, outFlags);
    if (code != SQLITE_OK) return code;
    file.power = &power;
    file.path = new fs::path(name == nullptr ? "" : name);
    file.isNewJournal = isNew && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
    if (isNew) power.truncate(*file.path, 0);  // the name is there
    handle->pMethods = methods();
    return SQLITE_OK;
  }
  static int remove(sqlite3_vfs* vfs, const char* name, int syncFolder) {
    PowerLoss& power = powerOf(vfs);
    if (!power.move(name, {})) return SQLITE_IOERR_DELETE;
    if (syncFolder != 0 && !power.syncFolder(fs::path(name).parent_path())) return SQLITE_IOERR_DIR_FSYNC;
    return real()->xDelete(real(), name, 0);
  }
  static int close(sqlite3_file* handle) {
    File& file = of(handle);
    delete file.path;
    return file.does().xClose(file.real());
  }
  static int write(sqlite3_file* handle, const void* data, int size, sqlite3_int64 offset) {
    File& file = of(handle);
    const std::span bytes(static_cast<const std::byte*>(data), static_cast<std::size_t>(size));
    if (!file.power->on() || !file.power->write(*file.path, static_cast<std::size_t>(offset), bytes)) {
      return SQLITE_IOERR_WRITE;
    }
    return file.does().xWrite(file.real(), data, size, offset);
  }
  static int truncate(sqlite3_file* handle, sqlite3_int64 size) {
    File& file = of(handle);
    if (!file.power->on() || !file.power->truncate(*file.path, static_cast<std::size_t>(size))) {
      return SQLITE_IOERR_TRUNCATE;
    }
    return file.does().xTruncate(file.real(), size);
  }
  static int sync(sqlite3_file* handle, int) {
    File& file = of(handle);
    if (!file.power->syncFile(*file.path)) return SQLITE_IOERR_FSYNC;
    if (file.isNewJournal && !file.power->syncFolder(file.path->parent_path())) return SQLITE_IOERR_DIR_FSYNC;
    file.isNewJournal = false;
    return SQLITE_OK;
  }
  static int read(sqlite3_file* handle, void* data, int size, sqlite3_int64 offset) {
    return of(handle).does().xRead(of(handle).real(), data, size, offset);
  }

  static const sqlite3_io_methods* methods() {
    static const sqlite3_io_methods table = [] {
      sqlite3_io_methods m{};
      m.iVersion = 2;
      m.xClose = close;
      m.xRead = read;
      m.xWrite = write;
      m.xTruncate = truncate;
      m.xSync = sync;
      m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
        return of(f).does().xFileSize(of(f).real(), size);
      };
      m.xLock = [](sqlite3_file* f, int level) { return of(f).does().xLock(of(f).real(), level); };
      m.xUnlock = [](sqlite3_file* f, int level) { return of(f).does().xUnlock(of(f).real(), level); };
      m.xCheckReservedLock = [](sqlite3_file* f, int* out) {
        return of(f).does().xCheckReservedLock(of(f).real(), out);
      };
      m.xFileControl = [](sqlite3_file* f, int op, void* arg) {
        return of(f).does().xFileControl(of(f).real(), op, arg);
      };
      m.xSectorSize = [](sqlite3_file* f) { return of(f).does().xSectorSize(of(f).real()); };
      m.xDeviceCharacteristics = [](sqlite3_file* f) {
        return of(f).does().xDeviceCharacteristics(of(f).real());
      };
      m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
        return of(f).does().xShmMap(of(f).real(), page, size, extend, out);
      };
      m.xShmLock = [](sqlite3_file* f, int offset, int n, int flags) {
        return of(f).does().xShmLock(of(f).real(), offset, n, flags);
      };
      m.xShmBarrier = [](sqlite3_file* f) { of(f).does().xShmBarrier(of(f).real()); };
      m.xShmUnmap = [](sqlite3_file* f, int erase) { return of(f).does().xShmUnmap(of(f).real(), erase); };
      return m;
    }();
    return &table;
  }

  PowerLoss& power_;
  std::string name_;
  sqlite3_vfs vfs_{};
};

}  // namespace attest::casedb::test
