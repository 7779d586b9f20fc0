// Says what others recorded in the moderation room since the page was opened. It changes no field.

const PAUSE = 8000

export function startModeration () {
  document.querySelectorAll('[data-changes-url]').forEach((line) => { setTimeout(() => watch(line), PAUSE) })
}

async function watch (line) {
  const url = `${line.dataset.changesUrl}?since=${encodeURIComponent(line.dataset.since)}`
  const response = await fetch(url, { credentials: 'same-origin' }).catch(() => null)
  if (response && response.ok) {
    const told = await response.json()
    const text = words(told, line)
    if (text && line.textContent !== text) line.textContent = text
  }
  setTimeout(() => watch(line), PAUSE)
}

function words (told, line) {
  const kept = 'writes' in line.dataset ? ' What you typed is still here.' : ''
  if (told.stage !== line.dataset.stage) return `The moderation has moved on to another stage.${kept} Load the page again to see where it stands.`
  const here = told.changed.filter((one) => one.place === line.dataset.place).pop()
  if (here) return `At ${here.at} ${here.by} saved a newer record of this.${kept} ${kept ? 'Saving will show you both.' : 'Load the page again to read it.'}`
  return told.changed.map((one) => `At ${one.at} ${one.by} recorded ${one.criterion} for ${one.bid}.`).join(' ')
}
