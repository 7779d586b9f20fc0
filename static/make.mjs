// Builds what the browser and the PDF need into static/build/: one stylesheet, GOV.UK Frontend's script and the typeface.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const modules = join(here, '..', 'node_modules')
const build = join(here, 'build')
const fonts = join(modules, '@fontsource', 'source-sans-3', 'files')
const faces = /^source-sans-3-latin(-ext)?-(400|700)-(normal|italic)\.woff2$/

rmSync(build, { recursive: true, force: true })
mkdirSync(join(build, 'fonts'), { recursive: true })

const { css } = sass.compile(join(here, 'scss', 'application.scss'), {
  loadPaths: [modules],
  style: 'compressed',
  quietDeps: true
})
// The royal arms of the footer belong to GOV.UK domains: the rules that would show them go.
const ours = css.replace(/[^{}]*\{[^{}]*govuk-crest\.svg[^{}]*\}/g, '')
writeFileSync(join(build, 'application.css'), ours)

for (const file of readdirSync(fonts).filter((name) => faces.test(name))) {
  cpSync(join(fonts, file), join(build, 'fonts', file))
}
cpSync(join(modules, 'govuk-frontend', 'dist', 'govuk', 'govuk-frontend.min.js'), join(build, 'govuk-frontend.min.js'))
