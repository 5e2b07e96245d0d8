/// Rows are read on one thread and judged on others, so that most of what is allocated is
/// freed elsewhere: what the system brings (musl's most of all) is slow at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    flowbatch::doors::cli::main(std::env::args_os())
}
