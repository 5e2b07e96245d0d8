fn main() -> std::process::ExitCode {
    flowbatch::doors::cli::main(std::env::args_os())
}
