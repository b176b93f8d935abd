# Makes dist\kvalitetsapp and dist\kvalitetsapp-windows.zip, in an environment of its own. Run on Windows.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")
$environment = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())

function Invoke-Checked {
    param([string] $Program, [string[]] $Words)
    & $Program @Words
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE" }
}

try {
    Invoke-Checked "py" @("-3", "-m", "venv", $environment)
    $scripts = Join-Path $environment "Scripts"
    Invoke-Checked "$scripts\python.exe" @("-m", "pip", "install", "-q", "--disable-pip-version-check",
        "--require-hashes", "-r", "requirements\package.txt")
    $env:PYTHONPATH = "src"
    Invoke-Checked "$scripts\pyinstaller.exe" @("--noconfirm", "--log-level", "WARN", "packaging\kvalitetsapp.spec")
    Copy-Item LICENSE dist\kvalitetsapp
    Compress-Archive -Force -Path dist\kvalitetsapp -DestinationPath dist\kvalitetsapp-windows.zip
    Write-Output "dist\kvalitetsapp-windows.zip"
}
finally {
    Remove-Item -Recurse -Force -ErrorAction SilentlyContinue $environment
}
